"""Pure nouns shared by every part: money, quantity, ids, time, refusals. Standard library and msgspec only."""
