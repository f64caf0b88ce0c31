"""Routing: which of a seller's nodes an order line is served from, and why.

Owns: setting, decision, load, direct_offer, answer, held, part, backlog_plan, backlog_plan_order.
Invariants: a line goes only to an open node of its seller that may serve the buyer; the same facts give the same node;
every choice is kept with the ranks that led to it, in the transaction that makes it true; a plan of what waits is
never dearer than greedy or than doing nothing, takes only what is free, and leaves no line worse off.
"""
