"""Payment: buyers pay online, through a provider that may be slow, fail, answer twice or too late.

Owns: online_payment, step.
Invariants: what a provider calls is only a hint, what it answers when asked is the truth; money received stands in the
ledger exactly once, and once more the other way if it was refunded; a payment that is not at its end has a step that is
tried, or one that a person must look at; nothing is asked inside a transaction.
"""
