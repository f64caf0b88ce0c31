"""Territory: which distributor serves which county for which product line, and how it divides them among its dealers.

Owns: territory, area.
Invariants: no county of a line has two distributors, or two dealers, on the same day (an exclusion constraint stores
none); a dealer's area lies inside its distributor's territory all its time; what ended stays as history.
"""
