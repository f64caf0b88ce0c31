"""Catalogue: what is sold.

Owns: category, tax_class, sku, pack, barcode, picture.
Invariants: a pack is an exact whole number of base units; a GTIN has 14 digits with a right check digit; a SKU is
archived, never deleted; every picture keeps its file, and its places count from 0 without a gap.
"""
