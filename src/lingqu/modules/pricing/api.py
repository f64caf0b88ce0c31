"""What other modules may use of pricing."""

from lingqu.modules.pricing.book import PriceBook
from lingqu.modules.pricing.changed import Changed
from lingqu.modules.pricing.check_limits import OutsideLimits
from lingqu.modules.pricing.line import Ask
from lingqu.modules.pricing.lists import NewAssignment, NewPrice, NewPriceList, PriceListView
from lingqu.modules.pricing.load import load_book, refresh, refresh_stale
from lingqu.modules.pricing.open_price_lists import WholePriceList, find_price_lists, open_price_lists
from lingqu.modules.pricing.set_prices import set_prices
from lingqu.modules.pricing.types import Audience, Fault, PricedLine, Quote, Tier, TraceStep

__all__ = [
    "Ask",
    "Audience",
    "Changed",
    "Fault",
    "NewAssignment",
    "NewPrice",
    "NewPriceList",
    "OutsideLimits",
    "PriceBook",
    "PriceListView",
    "PricedLine",
    "Quote",
    "Tier",
    "TraceStep",
    "WholePriceList",
    "find_price_lists",
    "load_book",
    "open_price_lists",
    "refresh",
    "refresh_stale",
    "set_prices",
]
