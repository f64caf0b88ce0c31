"""Routing: which of a seller's nodes an order line is served from, and why.

Owns: setting, decision, load, direct_offer, answer, held, part.
Invariants: a line goes only to an open node of its seller that may serve the buyer; the same facts give the same node;
every choice is kept with the ranks that led to it, in the transaction that makes it true.
"""
