"""Orders: one document from draft to completion, seen from both sides.

Owns: order, line, buyer_side, seller_side, payment, step.
Invariants: a placed order has its stock reserved and its money held, or it does not exist; every step is taken once
and recorded with who, when and why.
"""
