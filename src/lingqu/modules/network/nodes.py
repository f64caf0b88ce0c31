"""Nodes for people: warehouses, shops and vans with their bins."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import check_region
from lingqu.modules.network.add_nodes import add_nodes
from lingqu.modules.network.apply import Code, Latitude, Longitude, Text
from lingqu.modules.network.bump_epochs import bump_epochs
from lingqu.modules.network.events import NodeChanged
from lingqu.modules.network.types import BinState, NewNode
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_SORTS = Sorts({"name": "name", "code": "code", "organization": "organization_name"}, default="organization")
NodeKind = Literal["warehouse", "shop", "van"]
Name = Annotated[str, Meta(min_length=1, max_length=200)]


class NodeQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    organization_id: int | None = None
    kind: NodeKind | None = None
    is_open: bool | None = None


class NodeLine(Struct, frozen=True, kw_only=True):
    """A node in a list."""

    id: int
    organization_id: int
    organization_name: str
    kind: NodeKind
    code: str
    name: str
    region_id: int | None
    address: str
    is_open: bool


class Bin(Struct, frozen=True, kw_only=True):
    """A node's stock of one owner in one state."""

    id: int
    owner_id: int
    owner_name: str
    state: BinState


class Node(NodeLine, frozen=True, kw_only=True):
    """One node with its bins."""

    latitude: float | None
    longitude: float | None
    version: int
    bins: list[Bin]


class NodeBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    organization_id: int
    kind: NodeKind
    code: Code
    name: Name
    region_id: int | None = None
    address: Text = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class NodeEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; a closed node keeps its stock and ships nothing new."""

    name: Name | UnsetType = UNSET
    region_id: int | UnsetType | None = UNSET
    address: Text | UnsetType = UNSET
    latitude: Latitude | UnsetType | None = UNSET
    longitude: Longitude | UnsetType | None = UNSET
    is_open: bool | UnsetType = UNSET


async def list_nodes(tx: Tx, *, scope: Scope, query: NodeQuery) -> Listed[NodeLine]:
    """List the nodes of the caller's organization and of those below it."""
    return await list_page(
        tx,
        SQL["list_nodes"],
        NodeLine,
        query=query,
        sorts=_SORTS,
        organization_id=query.organization_id,
        kind=query.kind,
        is_open=query.is_open,
        text=query.q,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )


async def read_node(tx: Tx, *, scope: Scope, node_id: int) -> Node:
    """Read one node.

    Raises: NotFound.
    """
    found = await tx.first(
        SQL["read_node"], Node, id=node_id, is_whole=scope.is_whole, organization_ids=list(scope.organization_ids)
    )
    if found is None:
        raise NotFound(kind="node", id=node_id)
    return found


async def add_node(tx: Tx, *, scope: Scope, body: NodeBody) -> Node:
    """Make a node of an organization in the caller's scope.

    Raises: NotFound for the organization, CodeTaken.
    """
    cells = await tx.values(
        SQL["find_cell_in_scope"],
        int,
        id=body.organization_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if not cells:
        raise NotFound(kind="organization", id=body.organization_id)
    await check_region(tx, region_id=body.region_id)
    (added,) = await add_nodes(tx, nodes=[NewNode(**asdict(body), home_cell=cells[0])])
    tx.emit(NodeChanged(node_id=added.id, organization_id=body.organization_id))
    made = await read_node(tx, scope=scope, node_id=added.id)
    await bump_epochs(tx, seller_ids=[body.organization_id])
    return made


async def edit_node(tx: Tx, *, scope: Scope, node_id: int, version: int, edit: NodeEdit) -> Node:
    """Change what is given.

    Raises: NotFound, Stale.
    """
    before = await read_node(tx, scope=scope, node_id=node_id)
    given = {name: value for name, value in asdict(edit).items() if value is not UNSET}
    values = {name: given.get(name, getattr(before, name)) for name in NodeEdit.__struct_fields__}
    await check_region(tx, region_id=values["region_id"])
    if not await tx.run(SQL["edit_node"], id=node_id, version=version, **values):
        raise Stale(kind="node")
    tx.record("node", node_id, before={name: getattr(before, name) for name in given}, after=given)
    tx.emit(NodeChanged(node_id=node_id, organization_id=before.organization_id))
    after = await read_node(tx, scope=scope, node_id=node_id)
    # Where orders leave from may have changed.
    await bump_epochs(tx, seller_ids=[before.organization_id])
    return after
