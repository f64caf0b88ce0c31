"""Orders: one document from placing to completion, seen from both sides; the till is a channel of it.

Owns: order, line, buyer_side, seller_side, payment, step, revision, shipment, shipment_line, return, return_line,
draft, key, sharing, template, standing, standing_run, direct_order, direct_line.
Invariants: a placed order has its stock reserved and its money held, or it does not exist; every step is taken once
and recorded with who, when and why; what was charged, freed and refunded adds up to the total exactly; orders that
stand back to back stand alike.
"""
