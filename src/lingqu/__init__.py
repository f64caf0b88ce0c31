"""Lingqu: a channel operating system, from supplier to consumer."""
