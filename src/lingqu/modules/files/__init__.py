"""Stored files: pictures for now, kept under the hash of their content, with a small rendition for lists.

Owns: object, file, use.
Invariants: a file's objects are in the store before its row can be seen; a file that something uses is never swept;
what nobody uses is swept after a day, and so is what a crash left in the store without a row.
"""
