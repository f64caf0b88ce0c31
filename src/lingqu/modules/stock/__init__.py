"""Stock: where goods are and what is promised.

Owns: balance, lot, lot_balance, move, reservation, cost.
Invariants: on_hand = sum of moves per key; reserved = sum of reservations per key; 0 <= reserved <= on_hand; the lots
of a lot-tracked key sum to its on_hand.
"""
