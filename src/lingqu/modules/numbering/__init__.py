"""Numbering: the document numbers that people see, per organization, type and month.

Owns: series.
Invariants: a number is given once; gaps are allowed (a transaction that fails after drawing leaves one) and harmless.
"""
