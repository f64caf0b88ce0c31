"""Partners: other systems that are told what happens here.

Owns: webhook, lane, delivery, attempt.
Invariants: an organization's webhook is told only what concerns that organization itself; a delivery keeps its id
however often it is tried; a waiting delivery of an open lane has a time at which it is tried; a secret is shown once.
"""
