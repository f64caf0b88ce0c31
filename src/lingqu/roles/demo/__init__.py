"""The demo: a dairy channel and its last months, the same on every machine, with logins that everybody knows.

`plan` says what there is and what happened, without a database; `load` puts it in through the product's own functions.
It fills an empty installation only and marks it, so that its logins never exist in a real one.
"""
