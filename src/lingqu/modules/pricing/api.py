"""What other modules may use of pricing."""

from lingqu.modules.pricing.book import PriceBook
from lingqu.modules.pricing.changed import Changed
from lingqu.modules.pricing.check_limits import OutsideLimits
from lingqu.modules.pricing.compare import deepest_discount_ppm, nearest_floor_ppm
from lingqu.modules.pricing.line import Ask
from lingqu.modules.pricing.lists import NewAssignment, NewPrice, NewPriceList, PriceListView
from lingqu.modules.pricing.load import Part, load_book, refresh, refresh_stale
from lingqu.modules.pricing.open_price_lists import WholePriceList, find_price_lists, open_price_lists
from lingqu.modules.pricing.order_rules import NewOrderRule, put_order_rule
from lingqu.modules.pricing.resale_limits import NewLimit, put_resale_limit
from lingqu.modules.pricing.set_prices import set_prices
from lingqu.modules.pricing.trade_terms import NewTerms, put_trade_terms
from lingqu.modules.pricing.types import Audience, Fault, PricedLine, Quote, Tier, TraceStep

__all__ = [
    "Ask",
    "Audience",
    "Changed",
    "Fault",
    "NewAssignment",
    "NewLimit",
    "NewOrderRule",
    "NewPrice",
    "NewPriceList",
    "NewTerms",
    "OutsideLimits",
    "Part",
    "PriceBook",
    "PriceListView",
    "PricedLine",
    "Quote",
    "Tier",
    "TraceStep",
    "WholePriceList",
    "deepest_discount_ppm",
    "find_price_lists",
    "load_book",
    "nearest_floor_ppm",
    "open_price_lists",
    "put_order_rule",
    "put_resale_limit",
    "put_trade_terms",
    "refresh",
    "refresh_stale",
    "set_prices",
]
