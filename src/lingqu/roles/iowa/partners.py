"""Who trades in a replay, as the import left them in the database."""

from uuid import UUID

from msgspec import Struct

from lingqu.modules.network.api import OrganizationTerms, organization_terms
from lingqu.roles.iowa.channel import BRAND, distributor_code
from lingqu.roles.iowa.counties import DISTRIBUTORS
from lingqu.roles.iowa.goods import COST_LIST, Sold, find_goods
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class Person(Struct, frozen=True):
    """Somebody who acts for an organization in a replay."""

    user_id: int
    party_id: UUID


class Dealer(Struct, frozen=True, kw_only=True):
    """A store as an organization; ``seller`` is the number of its distributor."""

    id: int
    store: int
    seller: int
    person: Person


class Seller(Struct, frozen=True, kw_only=True):
    """A distributor: its number, its terms, who acts for it."""

    number: int
    terms: OrganizationTerms
    person: Person


class Partners(Struct, frozen=True, kw_only=True):
    """Everybody and everything that orders name, by what the files call them. ``costs`` in cents a bottle."""

    sellers: dict[int, Seller]
    dealers: dict[int, Dealer]
    goods: dict[int, Sold]
    costs: dict[int, int]

    @property
    def seller_of(self) -> dict[int, int]:
        """Tell the number of each store's distributor."""
        return {store: dealer.seller for store, dealer in self.dealers.items()}


class _Row(Struct, frozen=True):
    id: int
    code: str
    parent_id: int
    party_id: UUID
    user_id: int


async def find_partners(tx: Tx) -> Partners:
    """Read who trades.

    Raises: CannotRun if nothing was imported.
    """
    codes = {distributor_code(number): number for number in range(1, len(DISTRIBUTORS) + 1)}
    rows = await tx.all(SQL["find_people"], _Row, codes=list(codes))
    brands = await tx.values(SQL["find_brand"], int, code=BRAND)
    if not rows or not brands:
        raise CannotRun("Nothing of Iowa was imported. Run `lingqu import iowa FOLDER` first.")
    people = {row.id: Person(row.user_id, row.party_id) for row in rows}
    number_of = {row.id: codes[row.code] for row in rows if row.code in codes}
    terms = await organization_terms(tx, organization_ids=list(number_of))
    sellers = {n: Seller(number=n, terms=terms[id_], person=people[id_]) for id_, n in number_of.items()}
    dealers = [
        Dealer(id=row.id, store=_store(row.code), seller=number_of[row.parent_id], person=people[row.id])
        for row in rows
        if row.parent_id in number_of
    ]
    return Partners(
        sellers=sellers,
        dealers={dealer.store: dealer for dealer in dealers},
        goods=await find_goods(tx, brand_id=brands[0]),
        costs={
            int(code): cost for code, cost in await tx.tuples(SQL["find_costs"], code=COST_LIST, brand_id=brands[0])
        },
    )


def _store(code: str) -> int:
    return int(code.removeprefix(f"{BRAND}-"))
