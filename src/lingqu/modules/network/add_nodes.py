"""Make nodes: the places where goods lie, each with the bins of its organization."""

from collections import defaultdict
from collections.abc import Sequence

from lingqu.modules.network.code_taken import CodeTaken
from lingqu.modules.network.types import AddedNode, BinState, NewNode
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def add_nodes(tx: Tx, *, nodes: Sequence[NewNode]) -> list[AddedNode]:
    """Make many nodes with their bins in two statements.

    Shapes: one result each, in the order given.
    Raises: CodeTaken naming the first code that stands already in its organization.
    """
    columns = {name: [getattr(new, name) for new in nodes] for name in NewNode.__struct_fields__}
    rows = await tx.tuples(SQL["add_nodes"], **columns)
    id_of: dict[tuple[int, str], int] = {(organization_id, code): id_ for organization_id, code, id_ in rows}
    for new in nodes:
        if (new.organization_id, new.code) not in id_of:
            raise CodeTaken(kind="node", taken=new.code)
    ids = [id_of[new.organization_id, new.code] for new in nodes]
    bins: dict[int, dict[BinState, int]] = defaultdict(dict)
    for node_id, state, bin_id in await tx.tuples(
        SQL["add_bins"],
        node_id=ids,
        owner_id=[new.organization_id for new in nodes],
        home_cell=[new.home_cell for new in nodes],
    ):
        bins[node_id][BinState(state)] = bin_id
    for new, id_ in zip(nodes, ids, strict=True):
        tx.record("node", id_, after=new, cell_id=new.home_cell)
    return [AddedNode(id=id_, bins=bins[id_]) for id_ in ids]
