"""What a buyer pays, and why: price lists, whom they are for, limits on resale, minimums, freight.

Owns: price_list, assignment, assignment_region, price_item, resale_limit, order_rule, terms.

Invariants: one function prices a line for pages, API and orders alike (`book`); it reads memory only and never holds
dealer × SKU; its order of precedence is docs/adr/0008. A price carries its pack: a line is packs × price, never a
rounded price of a base unit. Every write raises the epoch of the sellers it concerns, so that a book in the memory
of another process is found stale before anything is sold from it.
"""
