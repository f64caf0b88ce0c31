"""What other modules may use of pricing."""

from lingqu.modules.pricing.book import PriceBook
from lingqu.modules.pricing.changed import Changed
from lingqu.modules.pricing.line import Ask
from lingqu.modules.pricing.load import load_book, refresh, refresh_stale
from lingqu.modules.pricing.types import Audience, Fault, PricedLine, Quote, TraceStep

__all__ = [
    "Ask",
    "Audience",
    "Changed",
    "Fault",
    "PriceBook",
    "PricedLine",
    "Quote",
    "TraceStep",
    "load_book",
    "refresh",
    "refresh_stale",
]
