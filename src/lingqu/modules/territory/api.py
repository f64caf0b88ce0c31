"""What other modules may use of territory."""

from lingqu.modules.territory.divide_territory import Outside, divide_territory
from lingqu.modules.territory.grant_territory import grant_territory
from lingqu.modules.territory.places import find_holders
from lingqu.modules.territory.refusals import NoCounties, Overlaps, WrongKind
from lingqu.modules.territory.types import Holders, NewPlaces, Place, Tier

__all__ = [
    "Holders",
    "NewPlaces",
    "NoCounties",
    "Outside",
    "Overlaps",
    "Place",
    "Tier",
    "WrongKind",
    "divide_territory",
    "find_holders",
    "grant_territory",
]
