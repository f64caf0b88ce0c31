"""Make the demo's organizations, tier by tier, their links and the distributors' territories."""

from collections.abc import Sequence
from datetime import timedelta

from lingqu.kernel.scope import Actor
from lingqu.modules.network.api import (
    AddedOrganization,
    Kind,
    NewLink,
    NewOrganization,
    NewProductLine,
    add_links,
    add_organizations,
    add_product_lines,
    scope_of_party,
)
from lingqu.modules.territory.api import NewPlaces, grant_territory
from lingqu.roles.demo.load.known import Known
from lingqu.roles.demo.plan.channel import Firm
from lingqu.roles.demo.plan.families import LINES
from lingqu.roles.demo.plan.plan import Plan
from lingqu.roles.demo.plan.tariff import APPROVAL_ABOVE_MINOR, PAYMENT_DAYS
from lingqu.runtime.tx import Tx

_SIGNED = timedelta(days=90)
# Long enough that a visitor of any day in the next weeks finds the order that waits.
_APPROVAL_HOURS = 60 * 24


async def add_network(tx: Tx, plan: Plan) -> Known:
    """Make everybody who trades."""
    channel = plan.channel
    known = Known(plan=plan, organizations=[])
    for kind, places in (
        (Kind.BRAND, range(1)),
        (Kind.SUPPLIER, channel.suppliers),
        (Kind.DISTRIBUTOR, channel.distributors),
        (Kind.DEALER, channel.dealers),
    ):
        new = [_organization(known, kind, channel.firms[place]) for place in places]
        known.organizations += await add_organizations(tx, organizations=new)
    brand = known.organizations[0]
    lines = await add_product_lines(
        tx, lines=[NewProductLine(brand_id=brand.id, code=code, name_zh=zh, name_en=en) for code, zh, en in LINES]
    )
    known.lines = dict(zip((code for code, _, _ in LINES), lines, strict=True))
    await add_links(tx, links=_links(known))
    return known


async def add_territories(tx: Tx, known: Known) -> None:
    """Give each distributor its city, every line of it, as the brand does."""
    brand = known.organizations[0]
    scope = await scope_of_party(tx, actor=Actor(brand.party_id), permissions=known.permissions[Kind.BRAND])
    assert scope is not None, "the brand was made just now"  # noqa: S101 - a bug, not a "no"
    for place in known.plan.channel.distributors:
        for line_id in known.lines.values():
            new = NewPlaces(
                organization_id=known.organizations[place].id,
                product_line_id=line_id,
                region_ids=[known.firm(place).county.prefecture_id],
                valid_from=known.plan.first - _SIGNED,
            )
            await grant_territory(tx, scope=scope, new=new)


def _organization(known: Known, kind: Kind, firm: Firm) -> NewOrganization:
    above: Sequence[AddedOrganization] = known.organizations
    parent = None if kind is Kind.BRAND else above[firm.seller].id
    return NewOrganization(
        kind=kind,
        code=firm.code,
        name=firm.name,
        name_en=firm.name_en,
        parent_id=parent,
        level=firm.level,
        region_id=firm.county.region_id,
        address=firm.address,
        latitude=firm.county.latitude,
        longitude=firm.county.longitude,
        contact_name=firm.contact,
        contact_phone=firm.phone,
        home_cell=firm.home_cell,
        contract_from=known.plan.first - _SIGNED,
    )


def _links(known: Known) -> list[NewLink]:
    channel = known.plan.channel
    pairs = [(seller, buyer) for seller in channel.suppliers for buyer in channel.distributors]
    pairs += [(known.firm(dealer).seller, dealer) for dealer in channel.dealers]
    pairs += [(0, buyer) for buyer in channel.distributors]
    # The brand lets its factories make and sell all of its lines; what they may sell on is seen down the channel.
    licences = [
        NewLink(
            seller_id=known.organizations[0].id,
            buyer_id=known.organizations[supplier].id,
            valid_from=known.plan.first - _SIGNED,
        )
        for supplier in channel.suppliers
    ]
    return licences + [
        NewLink(
            seller_id=known.organizations[seller].id,
            buyer_id=known.organizations[buyer].id,
            valid_from=known.plan.first - _SIGNED,
            shortage_policy="take-free",
            title_passes="shipment" if seller in channel.distributors else "receipt",
            approval_hours=_APPROVAL_HOURS,
            payment_days=PAYMENT_DAYS[known.firm(buyer).level],
            approval_above_minor=APPROVAL_ABOVE_MINOR if seller in channel.distributors else None,
        )
        for seller, buyer in pairs
    ]
