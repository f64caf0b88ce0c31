"""The organizations of the import: a brand that owns the range, its suppliers, the distributors, the stores."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from lingqu.modules.credit.api import NewAgreement, add_agreements
from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles
from lingqu.modules.network.api import (
    Capability,
    Kind,
    NewGrant,
    NewLink,
    NewOrganization,
    add_links,
    add_organizations,
    organization_terms,
)
from lingqu.roles.built_in_roles import MANAGER
from lingqu.roles.iowa.counties import DISTRIBUTORS
from lingqu.roles.iowa.stores import Store
from lingqu.runtime.cells import cell_count
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

BRAND = "IOWA"
CURRENCY = "USD"
TIME_ZONE = "America/Chicago"
OPENED_ON = date(2012, 1, 1)
"""Before any invoice: the files of the State of Iowa begin in 2012."""
CREDIT_MINOR = 100_000_000_000
"""The files tell of no credit, so that of every store is far above what it buys and never what an order fails on."""

_PAYMENT_DAYS = 30


class Channel(Struct, frozen=True, kw_only=True):
    """Organizations by what the files call them: vendors and stores by number, distributors in their order."""

    brand_id: int
    suppliers: dict[int, int]
    distributors: list[int]
    dealers: dict[int, int]


def distributor_code(number: int) -> str:
    """Name the distributor of a group of counties."""
    return f"{BRAND}-D{number}"


def dealer_code(store: int) -> str:
    """Name the dealer that a store is."""
    return f"{BRAND}-{store}"


async def add_upper_tiers(tx: Tx, *, vendors: Mapping[int, str]) -> Channel:
    """Make what is missing of the brand, a supplier for each vendor, and the distributors, spread over the cells."""
    cells = await cell_count(tx)
    (brand_id,) = await _ensure(tx, [_organization(Kind.BRAND, BRAND, "Iowa range", home_cell=0)])
    suppliers = [
        _organization(Kind.SUPPLIER, f"{BRAND}-V{number}", name, parent_id=brand_id)
        for number, name in sorted(vendors.items())
    ]
    distributors = [
        _organization(Kind.DISTRIBUTOR, distributor_code(number), name, parent_id=brand_id, home_cell=number % cells)
        for number, name in enumerate(DISTRIBUTORS, start=1)
    ]
    ids = await _ensure(tx, [*distributors, *suppliers])
    return Channel(
        brand_id=brand_id,
        distributors=ids[: len(distributors)],
        suppliers=dict(zip(sorted(vendors), ids[len(distributors) :], strict=True)),
        dealers={},
    )


async def add_dealers(tx: Tx, *, channel: Channel, stores: Sequence[Store]) -> Channel:
    """Make a dealer of each store that is none yet."""
    known = set(await tx.values(SQL["find_regions"], int, ids=sorted({store.region_id for store in stores})))
    dealers = [
        _organization(
            Kind.DEALER,
            dealer_code(store.number),
            store.name,
            parent_id=channel.distributors[store.distributor - 1],
            region_id=store.region_id if store.region_id in known else None,
            address=store.address,
            latitude=store.latitude,
            longitude=store.longitude,
        )
        for store in stores
    ]
    ids = await _ensure(tx, dealers)
    return Channel(
        brand_id=channel.brand_id,
        suppliers=channel.suppliers,
        distributors=channel.distributors,
        dealers=dict(zip([store.number for store in stores], ids, strict=True)),
    )


async def link_suppliers(tx: Tx, *, channel: Channel, lines: Mapping[int, int]) -> int:
    """Let every distributor buy each supplier's own line; count the new links."""
    return await _link(
        tx,
        [
            NewLink(
                seller_id=supplier_id,
                buyer_id=distributor_id,
                valid_from=OPENED_ON,
                grants=(NewGrant(Capability.ORDER, lines[vendor]), NewGrant(Capability.SEE_PRICE, lines[vendor])),
            )
            for vendor, supplier_id in sorted(channel.suppliers.items())
            for distributor_id in channel.distributors
        ],
    )


async def link_dealers(tx: Tx, *, channel: Channel, stores: Sequence[Store]) -> int:
    """Let every store buy all lines of its distributor, taking what is free; count the new links."""
    return await _link(
        tx,
        [
            NewLink(
                seller_id=channel.distributors[store.distributor - 1],
                buyer_id=channel.dealers[store.number],
                valid_from=OPENED_ON,
                shortage_policy="take-free",
                payment_days=_PAYMENT_DAYS,
            )
            for store in stores
        ],
    )


async def grant_credit(tx: Tx, *, channel: Channel, stores: Sequence[Store]) -> None:
    """Grant each store a credit line with its distributor; one that stands is left as it is."""
    standing = set(await tx.tuples(SQL["find_agreements"], seller_ids=channel.distributors))
    agreements = [
        NewAgreement(seller_id=seller_id, buyer_id=buyer_id, limit_minor=CREDIT_MINOR, payment_days=_PAYMENT_DAYS)
        for store in stores
        for seller_id, buyer_id in [(channel.distributors[store.distributor - 1], channel.dealers[store.number])]
        if (seller_id, buyer_id) not in standing
    ]
    if agreements:
        await add_agreements(tx, agreements=agreements)


async def add_people(tx: Tx, *, channel: Channel) -> int:
    """Give every distributor and store a manager; count the new ones.

    They have no password: nobody signs in as one of them before somebody in charge resets it.
    """
    roles = await find_built_in_roles(tx)
    terms = await organization_terms(tx, organization_ids=[*channel.distributors, *channel.dealers.values()])
    wanted = [(distributor_code(n), Kind.DISTRIBUTOR, id_) for n, id_ in enumerate(channel.distributors, start=1)]
    wanted += [(dealer_code(store), Kind.DEALER, id_) for store, id_ in channel.dealers.items()]
    standing = dict(await tx.tuples(SQL["find_users"], logins=[code.lower() for code, _, _ in wanted]))
    users = [
        NewUser(
            login=code.lower(),
            name=terms[id_].name,
            party_id=terms[id_].party_id,
            role_ids=(roles[kind, MANAGER],),
            language="en",
        )
        for code, kind, id_ in wanted
        if code.lower() not in standing
    ]
    if users:
        await add_users(tx, users=users)
    return len(users)


def _organization(
    kind: Kind,
    code: str,
    name: str,
    *,
    parent_id: int | None = None,
    home_cell: int | None = None,
    region_id: int | None = None,
    address: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
) -> NewOrganization:
    return NewOrganization(
        kind=kind,
        code=code,
        name=name,
        name_en=name,
        parent_id=parent_id,
        home_cell=home_cell,
        region_id=region_id,
        address=address,
        latitude=latitude,
        longitude=longitude,
        time_zone=TIME_ZONE,
        currency=CURRENCY,
        contract_from=OPENED_ON,
    )


async def _ensure(tx: Tx, organizations: Sequence[NewOrganization]) -> list[int]:
    """Make what is missing and give the ids of all, in the order given."""
    id_of: dict[str, int] = dict(await tx.tuples(SQL["find_organizations"], codes=[new.code for new in organizations]))
    missing = [new for new in organizations if new.code not in id_of]
    if missing:
        added = await add_organizations(tx, organizations=missing)
        id_of |= {new.code: made.id for new, made in zip(missing, added, strict=True)}
    return [id_of[new.code] for new in organizations]


async def _link(tx: Tx, links: Iterable[NewLink]) -> int:
    wanted = {(link.seller_id, link.buyer_id): link for link in links}
    standing = set(await tx.tuples(SQL["find_links"], seller_ids=sorted({seller_id for seller_id, _ in wanted})))
    missing = [link for pair, link in wanted.items() if pair not in standing]
    if missing:
        await add_links(tx, links=missing)
    return len(missing)
