"""Membership: consumers who registered once and are known everywhere.

Owns: member, enrolment.
Invariants: a phone number belongs to one member; a member lives in the cell its phone falls into; points are an
account of the ledger, owned by the member, that never goes below zero.
"""
