"""HTTP: a module declares plain functions as routes; the edge authenticates, decodes, runs, commits and encodes."""
