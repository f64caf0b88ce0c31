"""A payment provider of our own making, for the demo and for tests: real HTTP, its own memory, and every bad habit."""
