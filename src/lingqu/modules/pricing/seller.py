"""One seller's part of the price book and the order of precedence of its lists."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from lingqu.modules.pricing.types import Assignment, Audience, Link, OrderRule, PriceList, Terms

Ranked = tuple[tuple[Assignment, PriceList], ...]
Key = int | str | None


class Seller:
    """What one seller asks of whom. Its size is its lists and its links, never their product."""

    def __init__(
        self,
        *,
        seller_id: int,
        kind: str,
        currency: str,
        epoch: int,
        lists: Iterable[PriceList],
        assignments: Iterable[Assignment],
        links: Iterable[Link],
        terms: Mapping[int | None, Terms],
        order_rules: Mapping[int, OrderRule],
        upstream: Sequence[int],
    ) -> None:
        self.seller_id = seller_id
        self.kind = kind
        self.currency = currency
        self.epoch = epoch
        self.lists = {price_list.id: price_list for price_list in lists}
        self.links = {link.buyer_id: link for link in links}
        self.terms = terms
        self.order_rules = order_rules
        self.upstream = tuple(upstream)
        self.assignments = self._ranked(assignments)
        self._by_organization = self._by(Audience.ORGANIZATION, lambda a: (a.organization_id,))
        self._by_level = self._by(Audience.LEVEL, lambda a: (a.level,))
        self._by_region = self._by(Audience.TERRITORY, lambda a: a.regions)
        self._everybody = tuple(pair for pair in self.assignments if pair[0].audience is Audience.EVERYBODY)
        self._consumers = tuple(pair for pair in self.assignments if pair[0].audience is Audience.CONSUMER)

    def terms_for(self, buyer_id: int) -> Terms:
        """Find the terms of a link: its own, else the seller's default, else none."""
        return self.terms.get(buyer_id) or self.terms.get(None) or Terms(self.seller_id, None)

    def precedence(self, link: Link | None, region_path: Sequence[int]) -> Iterator[tuple[Assignment, PriceList]]:
        """Name the lists that are for a buyer, the most specific first; a consumer where ``link`` is None.

        The buyer's own, then its level's, then its territory's (of two regions the smaller), then everybody's; of
        two lists on one step the one that began later, then the one made later.

        Shapes: ``region_path`` is the buyer's region and everything around it, the smallest first.
        Source: docs/adr/0008-price-book.md.
        """
        if link is None:
            yield from self._consumers
            return
        yield from self._by_organization.get(link.buyer_id, ())
        yield from self._by_level.get(link.level, ())
        for region_id in region_path:
            yield from self._by_region.get(region_id, ())
        yield from self._everybody

    def standard_lists(self, on: date, currency: str) -> list[PriceList]:
        """Name the lists for everybody that hold on a day, in their order of precedence."""
        return [
            price_list
            for _, price_list in self._everybody
            if price_list.currency == currency and price_list.valid_from <= on < price_list.valid_until
        ]

    def _ranked(self, assignments: Iterable[Assignment]) -> Ranked:
        pairs = [(a, self.lists[a.list_id]) for a in assignments if a.list_id in self.lists]
        return tuple(sorted(pairs, key=lambda pair: (pair[1].valid_from, pair[1].id), reverse=True))

    def _by(self, audience: Audience, keys: Callable[[Assignment], Iterable[Key]]) -> dict[Key, Ranked]:
        found: dict[Key, list[tuple[Assignment, PriceList]]] = defaultdict(list)
        for pair in self.assignments:
            if pair[0].audience is audience:
                for key in keys(pair[0]):
                    found[key].append(pair)
        return {key: tuple(pairs) for key, pairs in found.items()}
