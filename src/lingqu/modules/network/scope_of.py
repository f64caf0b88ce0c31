"""Scope: an organization sees itself and everything below it; an operator of the platform sees all."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.identity.api import Session
from lingqu.modules.network.revision import read_revision
from lingqu.modules.network.types import Kind
from lingqu.runtime.cells import cell_count
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


# A brand with 10,000 dealers costs 60 ms to walk through and 0.2 ms to remember.
_MOST_REMEMBERED = 1_000_000


class _Place(Struct, frozen=True):
    party_id: UUID
    organization_id: int
    kind: Kind
    cell_id: int
    organization_ids: tuple[int, ...]
    party_ids: tuple[UUID, ...]
    cell_ids: tuple[int, ...]


class _Memory:
    """What this process has walked through at one revision of the tree."""

    def __init__(self) -> None:
        self.revision: UUID | None = None
        self.places: dict[UUID, _Place] = {}
        self.size = 0

    def find(self, revision: UUID, party_id: UUID) -> _Place | None:
        return self.places.get(party_id) if revision == self.revision else None

    def keep(self, revision: UUID, party_id: UUID, place: _Place) -> None:
        if revision != self.revision or self.size > _MOST_REMEMBERED:
            self.revision, self.places, self.size = revision, {}, 0
        self.places[party_id] = place
        self.size += len(place.organization_ids)


_MEMORY = _Memory()


async def scope_of(tx: Tx, *, session: Session) -> Scope | None:
    """Compute what a session may see and do; None once its organization is closed."""
    actor = Actor(session.party_id, session.user_id, session.user_name)
    return await scope_of_party(tx, actor=actor, permissions=session.permissions)


async def scope_of_party(tx: Tx, *, actor: Actor, permissions: frozenset[str]) -> Scope | None:
    """Compute what somebody who acts for a party may see, given what it may do."""
    places = await _find_places(tx, [actor.party_id])
    place = places.get(actor.party_id)
    return None if place is None else await _scope(tx, actor, permissions, place)


async def scopes_of(tx: Tx, *, sessions: Sequence[Session]) -> list[Scope | None]:
    """Compute what many sessions may see and do; None for those whose organization is closed."""
    places = await _find_places(tx, [session.party_id for session in sessions])
    scopes: list[Scope | None] = []
    for session in sessions:
        actor = Actor(session.party_id, session.user_id, session.user_name)
        place = places.get(session.party_id)
        scopes.append(None if place is None else await _scope(tx, actor, session.permissions, place))
    return scopes


async def _scope(tx: Tx, actor: Actor, permissions: frozenset[str], place: _Place) -> Scope:
    is_whole = place.kind is Kind.PLATFORM
    return Scope(
        actor=actor,
        organization_id=place.organization_id,
        party_id=actor.party_id,
        cell_id=place.cell_id,
        organization_ids=place.organization_ids,
        party_ids=place.party_ids,
        cell_ids=tuple(range(await cell_count(tx))) if is_whole else place.cell_ids,
        permissions=permissions,
        kind=place.kind,
        is_whole=is_whole,
    )


async def _find_places(tx: Tx, party_ids: Sequence[UUID]) -> dict[UUID, _Place]:
    revision = await read_revision(tx)
    places = {party_id: _MEMORY.find(revision, party_id) for party_id in party_ids}
    strange = [party_id for party_id, place in places.items() if place is None]
    for place in await tx.all(SQL["find_scopes"], _Place, party_ids=strange) if strange else ():
        _MEMORY.keep(revision, place.party_id, place)
        places[place.party_id] = place
    return {party_id: place for party_id, place in places.items() if place is not None}
