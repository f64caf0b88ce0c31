"""What the demo's channel is and what happened in it: pure, the same from the same size, day and seed.

Organizations, SKUs, members and orders are named by their place in the plan; the loader knows their ids.
"""
