"""Identity: who acts. Parties, users with their sign-in, roles and what they may do, regions of the world.

Owns: party, region, permission, user, role, assignment, session, attempt, invitation, password_reset.
Invariants: only hashes of passwords and tokens are stored; a session ends with its user, its party or its time;
a sign-in that fails tells nothing about what exists.
"""
