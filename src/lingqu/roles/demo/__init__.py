"""The demo: a small dairy channel, the same on every machine, with logins that everybody knows.

It fills an empty installation only and marks it, so that its logins never exist in a real one.
"""
