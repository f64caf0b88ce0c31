"""Real input: a state's wholesale trade, imported as a channel and replayed through the order engine.

The files are public data of the State of Iowa; docs/operations/iowa.md says how to run it and what is derived from
them, docs/adr/0012 why.
"""
