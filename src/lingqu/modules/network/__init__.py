"""Network: the organizations, how they are linked, and the places where goods lie.

Owns: organization, product_line, trade_link, link_grant, link_proposal, node, bin, epoch, step, revision.
Invariants: an organization's home cell never changes; a revoked grant is void at the next read, and one with days
of its own on any other day; a proposed link allows nothing; every change that
touches a price or a right raises the seller's epoch in the same transaction.
"""
