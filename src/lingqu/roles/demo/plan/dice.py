"""Seeded chance: each topic has its own dice, so that a change in one leaves the others as they fall."""

import math
from random import Random

SEED = "lingqu demo 1"


def dice(*topic: object) -> Random:
    """Make the dice of a topic; they fall the same every time."""
    return Random("/".join([SEED, *map(str, topic)]))  # noqa: S311 - a plan must repeat itself, it guards nothing


def poisson(chance: Random, mean: float) -> int:
    """Draw how often something happens whose mean is small.

    Source: Knuth, The Art of Computer Programming 3.4.1 (F 3): exact, in time that grows with the mean.
    """
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count
