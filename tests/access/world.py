"""The world of the access matrix: two branches of one brand, a rival brand, users of every role."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles, hash_password, open_session
from lingqu.modules.network.api import (
    AddedOrganization,
    Kind,
    NewLink,
    NewOrganization,
    NewProductLine,
    add_links,
    add_organizations,
    add_product_lines,
)
from lingqu.roles.built_in_roles import ROLES
from lingqu.runtime.tx import Tx

PASSWORD = "everybody's password"

# key: (kind, parent, home cell)
_PLACES: dict[str, tuple[Kind, str | None, int | None]] = {
    "platform": (Kind.PLATFORM, None, 0),
    "brand": (Kind.BRAND, None, 0),
    "rival": (Kind.BRAND, None, 2),
    "factory": (Kind.SUPPLIER, "brand", 1),
    "mill": (Kind.SUPPLIER, "brand", 3),
    "east": (Kind.DISTRIBUTOR, "brand", 1),
    "west": (Kind.DISTRIBUTOR, "brand", 2),
    "east1": (Kind.DEALER, "east", None),
    "east2": (Kind.DEALER, "east", None),
    "west1": (Kind.DEALER, "west", None),
    "west2": (Kind.DEALER, "west", None),
}

_LINKS = (
    ("factory", "east"),
    ("mill", "west"),
    ("brand", "east"),
    ("brand", "west"),
    ("east", "east1"),
    ("east", "east2"),
    ("west", "west1"),
    ("west", "west2"),
)


class Place(Struct, frozen=True, kw_only=True):
    """An organization of the world; ``users`` and ``tokens`` are by role."""

    key: str
    kind: Kind
    parent: str | None
    added: AddedOrganization
    users: dict[str, int]
    tokens: dict[str, str]

    @property
    def id(self) -> int:
        return self.added.id


class World(Struct, frozen=True, kw_only=True):
    """Everything that stands. ``made`` holds what the modules add: by (kind of thing, key)."""

    places: dict[str, Place]
    links: dict[tuple[str, str], int]
    line_id: int
    role_ids: dict[tuple[str, str], int]
    made: dict[tuple[str, str], Any] = {}

    def __getitem__(self, key: str) -> Place:
        return self.places[key]

    def callers(self) -> Iterator[str]:
        """Name everybody who can call: `place/role`."""
        return (f"{place.key}/{role}" for place in self.places.values() for role in place.tokens)

    def samples(self) -> list[str]:
        """Name one caller of every role in one place of every kind: who may do what goes by kind and role alone."""
        one_of_kind = {place.kind: place for place in reversed(self.places.values())}
        return [f"{place.key}/{role}" for place in one_of_kind.values() for role in place.tokens]

    def token(self, caller: str) -> str:
        place, _, role = caller.partition("/")
        return self.places[place].tokens[role]

    def sees(self, caller: str, owner: str) -> bool:
        """Tell whether a caller has an owner in its scope, worked out apart from the product's own way."""
        if "/" in owner:
            return caller == owner
        place = caller.partition("/")[0]
        return place == "platform" or place in self._upwards(owner)

    def _upwards(self, key: str | None) -> Iterator[str]:
        while key is not None:
            yield key
            key = self.places[key].parent

    def strangers(self, caller: str) -> list[Place]:
        """List the places that a caller has nothing to do with: neither in its scope, nor above, nor a partner."""
        own = {key for key in self.places if self.sees(caller, key)}
        known = own | set(self._upwards(caller.partition("/")[0])) | {"platform", "brand"}
        for seller, buyer in self.links:
            known |= {seller, buyer} if {seller, buyer} & own else set()
        return [place for key, place in self.places.items() if key not in known]


async def build(tx: Tx) -> World:
    """Make the network and its users; the modules add their own things afterwards."""
    added = await _organizations(tx)
    links = await add_links(
        tx,
        links=[
            NewLink(seller_id=added[seller].id, buyer_id=added[buyer].id, valid_from=date(2026, 1, 1))
            for seller, buyer in _LINKS
        ],
    )
    line = NewProductLine(brand_id=added["brand"].id, code="MILK", name_zh="牛奶", name_en="Milk")
    (line_id,) = await add_product_lines(tx, lines=[line])
    role_ids = dict(await find_built_in_roles(tx))
    password_hash = await hash_password(PASSWORD)
    places = {}
    for key, (kind, parent, _) in _PLACES.items():
        users = await add_users(
            tx,
            users=[
                NewUser(
                    login=f"{key}-{role}",
                    name=f"{key} {role}",
                    party_id=added[key].party_id,
                    role_ids=(role_ids[kind, role],),
                    password_hash=password_hash,
                )
                for role in ROLES
            ],
        )
        tokens = [await open_session(tx, user_id=user, party_id=added[key].party_id) for user in users]
        places[key] = Place(
            key=key,
            kind=kind,
            parent=parent,
            added=added[key],
            users=dict(zip(ROLES, users, strict=True)),
            tokens={role: session.token for role, session in zip(ROLES, tokens, strict=True)},
        )
    return World(places=places, links=dict(zip(_LINKS, links, strict=True)), line_id=line_id, role_ids=role_ids)


async def _organizations(tx: Tx) -> dict[str, AddedOrganization]:
    """Add the places, those without a parent first."""
    added: dict[str, AddedOrganization] = {}
    while len(added) < len(_PLACES):
        level = [key for key, (_, parent, _) in _PLACES.items() if key not in added and parent in {None, *added}]
        new = [
            NewOrganization(
                kind=_PLACES[key][0],
                code=f"ACCESS-{key}",
                name=f"组织 ACCESS-{key}",
                parent_id=added[parent].id if (parent := _PLACES[key][1]) else None,
                home_cell=_PLACES[key][2],
            )
            for key in level
        ]
        added |= dict(zip(level, await add_organizations(tx, organizations=new), strict=True))
    return added
