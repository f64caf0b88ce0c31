"""Ledger: double entry in whole minor units.

Owns: account, balance, delta, hold, entry, posting.
Invariants: balances of a cell sum to zero; posted = credits - debits of posted entries; held = sum of holds; no
account passes its floor; an entry is never changed, only reversed.
"""
