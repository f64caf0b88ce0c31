"""Network: the organizations, how they are linked, and the places where goods lie.

Owns: organization, product_line, trade_link, link_grant, node, bin, epoch, step, revision.
Invariants: an organization's home cell never changes; a revoked grant is void at the next read; every change that
touches a price or a right raises the seller's epoch in the same transaction.
"""
