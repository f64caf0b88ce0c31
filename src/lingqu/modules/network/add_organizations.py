"""Make organizations, each with its parties and a first node to hold goods."""

from collections.abc import Sequence

from lingqu.kernel.ids import uuid7
from lingqu.modules.identity.api import NewParty, PartyKind, add_parties
from lingqu.modules.network.add_nodes import add_nodes
from lingqu.modules.network.code_taken import CodeTaken
from lingqu.modules.network.revision import renew_revision
from lingqu.modules.network.types import AddedOrganization, Kind, NewNode, NewOrganization
from lingqu.runtime.cells import cell_count, cell_of
from lingqu.runtime.search import search_keys, sort_key
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_FIRST_NODE = {Kind.DEALER: ("shop", "门店")}


async def add_organizations(tx: Tx, *, organizations: Sequence[NewOrganization]) -> list[AddedOrganization]:
    """Make many organizations, set-based. A parent must stand already: add the tree level by level.

    Shapes: one result each, in the order given.
    Raises: CodeTaken naming the first code that stands already.
    """
    cells = await _home_cells(tx, organizations)
    parties = [uuid7(at=tx.now) for _ in organizations]
    walk_ins = [uuid7(at=tx.now) for _ in organizations]
    await add_parties(
        tx,
        parties=[
            NewParty(id=id_, kind=kind, home_cell=cell, name=new.name)
            for new, cell, party, walk_in in zip(organizations, cells, parties, walk_ins, strict=True)
            for id_, kind in ((party, _party_kind(new)), (walk_in, PartyKind.WALK_IN))
        ],
    )
    columns = {name: [getattr(new, name) for new in organizations] for name in _PLAIN}
    rows = await tx.tuples(
        SQL["add_organizations"],
        **columns,
        party_id=parties,
        walk_in_party_id=walk_ins,
        home_cell=cells,
        sort_key=[sort_key(new.name) for new in organizations],
        search=[" ".join(search_keys(new.name, new.name_en, new.code)) for new in organizations],
        now=tx.now,
    )
    id_of: dict[str, int] = dict(rows)
    for new in organizations:
        if new.code not in id_of:
            raise CodeTaken(kind="organization", taken=new.code)
    ids = [id_of[new.code] for new in organizations]
    nodes = await add_nodes(
        tx, nodes=[_first_node(new, id_, cell) for new, id_, cell in zip(organizations, ids, cells, strict=True)]
    )
    await renew_revision(tx)
    for new, id_, cell in zip(organizations, ids, cells, strict=True):
        tx.record("organization", id_, after=new, cell_id=cell)
    return [
        AddedOrganization(
            id=id_, party_id=party, walk_in_party_id=walk_in, home_cell=cell, node_id=node.id, bins=node.bins
        )
        for id_, party, walk_in, cell, node in zip(ids, parties, walk_ins, cells, nodes, strict=True)
    ]


_PLAIN = (
    "kind",
    "parent_id",
    "level",
    "code",
    "name",
    "name_en",
    "credit_code",
    "region_id",
    "address",
    "latitude",
    "longitude",
    "contact_name",
    "contact_phone",
    "time_zone",
    "currency",
    "status",
    "contract_from",
    "contract_until",
)


async def _home_cells(tx: Tx, organizations: Sequence[NewOrganization]) -> list[int]:
    """Find each one's home cell: given, its distributor's, or by hash."""
    parents = {new.parent_id for new in organizations if new.kind is Kind.DEALER and new.parent_id is not None}
    cell_of_parent: dict[int, int] = dict(await tx.tuples(SQL["find_home_cells"], ids=sorted(parents)))
    count = await cell_count(tx)
    return [
        new.home_cell
        if new.home_cell is not None
        else cell_of_parent[new.parent_id]
        if new.kind is Kind.DEALER and new.parent_id is not None
        else cell_of(new.code.encode(), count)
        for new in organizations
    ]


def _party_kind(new: NewOrganization) -> PartyKind:
    return PartyKind.PLATFORM if new.kind is Kind.PLATFORM else PartyKind.ORGANIZATION


def _first_node(new: NewOrganization, organization_id: int, cell: int) -> NewNode:
    kind, label = _FIRST_NODE.get(new.kind, ("warehouse", "仓库"))
    return NewNode(
        organization_id=organization_id,
        home_cell=cell,
        kind=kind,
        code="1",
        name=f"{new.name}{label}",
        region_id=new.region_id,
        address=new.address,
        latitude=new.latitude,
        longitude=new.longitude,
    )
