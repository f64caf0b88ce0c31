"""What the product calls the things of the plan."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.catalog.api import AddedSKU
from lingqu.modules.network.api import AddedOrganization, BinState, Kind
from lingqu.modules.stock.api import key_of
from lingqu.roles.demo.plan.channel import Firm
from lingqu.roles.demo.plan.plan import Plan

_ZONE = ZoneInfo("Asia/Shanghai")
CURRENCY = "CNY"


class Known(Struct, kw_only=True):
    """Ids by place in the plan: of organizations and their managers, SKUs, members.

    ``members`` with their cells, ``staff`` the other users by login, ``agreements`` by seller and buyer.
    """

    plan: Plan
    organizations: list[AddedOrganization]
    managers: list[int] = []
    staff: dict[str, tuple[int, str]] = {}
    lines: dict[str, int] = {}
    skus: list[AddedSKU] = []
    agreements: dict[tuple[int, int], int] = {}
    members: list[tuple[int, UUID]] = []
    permissions: dict[Kind, frozenset[str]] = {}

    def firm(self, place: int) -> Firm:
        """Give a firm of the plan."""
        return self.plan.channel.firms[place]

    def kind(self, place: int) -> Kind:
        """Tell what a firm is."""
        channel = self.plan.channel
        for kind, places in (
            (Kind.SUPPLIER, channel.suppliers),
            (Kind.DISTRIBUTOR, channel.distributors),
            (Kind.DEALER, channel.dealers),
        ):
            if place in places:
                return kind
        return Kind.BRAND

    def key(self, place: int, goods: int) -> int:
        """Give the stock key of a SKU in a firm's sellable bin."""
        bins = self.organizations[place].bins
        return key_of(bin_id=bins[BinState.SELLABLE], sku_id=self.skus[goods].id)

    def pack_id(self, goods: int, pack: int) -> int:
        """Give a pack's id."""
        return self.skus[goods].packs[self.plan.goods[goods].packs[pack].code]

    def scope(self, place: int, *, channel: str = "console", login: str | None = None) -> Scope:
        """Act for a firm's own organization: as its manager, or as another of its users."""
        organization = self.organizations[place]
        user_id, name = (self.managers[place], self.firm(place).contact) if login is None else self.staff[login]
        return Scope(
            actor=Actor(organization.party_id, user_id, name, channel),
            organization_id=organization.id,
            party_id=organization.party_id,
            cell_id=organization.home_cell,
            organization_ids=(organization.id,),
            party_ids=(organization.party_id,),
            cell_ids=(organization.home_cell,),
            permissions=self.permissions[self.kind(place)],
            kind=self.kind(place),
        )


def at(on: date, hour: int, minute: int = 0) -> datetime:
    """Give an instant of a day in the channel's own zone."""
    return datetime.combine(on, time(hour, minute), _ZONE)
