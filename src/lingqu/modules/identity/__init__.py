"""Identity: who acts.

Owns: party, region, user, role, assignment, session.
Invariants: a login is unique; a password, token or key is kept only as a hash; a role's permissions are read at
every request, so a revoked right stops at once.
"""
