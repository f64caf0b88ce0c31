"""Approval: something waits until people on several levels have agreed; who asked never decides.

Owns: request, decision, delegation.
Invariants: levels decide in order, each by another person, none by the requester; the first refusal ends the request;
a decision is never changed; who decides for another uses that person's own right, never one lent to it.
"""
