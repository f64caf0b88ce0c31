"""Credit: how much a seller lets a buyer owe, and how late it pays.

Owns: agreement.
Invariants: one agreement per seller, buyer and currency; the floor of the pair's credit line is minus its limit while
the agreement is active, and zero while it is suspended; a change of it is audited.
"""
