from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from lingqu.kernel.errors import NotFound, Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import organization_terms
from lingqu.modules.network.nodes import NodeBody, NodeEdit, NodeQuery, add_node, edit_node, list_nodes
from lingqu.modules.network.product_lines import (
    ProductLineBody,
    ProductLineEdit,
    ProductLineQuery,
    add_product_line,
    edit_product_line,
    list_product_lines,
)
from lingqu.runtime.tx import Tx

Person = Callable[..., Awaitable[Scope]]


async def test_a_closed_node_ships_nothing(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner = await person(chain.distributor)
    van = await add_node(
        tx, scope=owner, body=NodeBody(organization_id=chain.distributor.id, kind="van", code="V1", name="一号车")
    )
    assert [bin_.state for bin_ in van.bins] == ["sellable", "blocked", "in-transit"]
    await edit_node(tx, scope=owner, node_id=chain.distributor.node_id, version=1, edit=NodeEdit(is_open=False))
    terms = await organization_terms(tx, organization_ids=[chain.distributor.id])
    assert terms[chain.distributor.id].node_id == van.id
    with pytest.raises(Stale):
        await edit_node(tx, scope=owner, node_id=chain.distributor.node_id, version=1, edit=NodeEdit(name="旧仓"))


async def test_nodes_of_the_tree_are_listed(tx: Tx, chain: SimpleNamespace, person: Person) -> None:
    owner = await person(chain.distributor)
    page = await list_nodes(tx, scope=owner, query=NodeQuery(kind="shop"))
    assert {line.id for line in page.items} == {chain.near.node_id, chain.far.node_id}
    found = await list_nodes(tx, scope=owner, query=NodeQuery(q="余杭"))
    assert [line.id for line in found.items] == [chain.far.node_id]


async def test_a_brands_lines_are_seen_below_it_and_changed_by_it(
    tx: Tx, chain: SimpleNamespace, person: Person
) -> None:
    brand, keeper = await person(chain.brand), await person(chain.near)
    body = ProductLineBody(brand_id=chain.brand.id, code="CHEESE", name_zh="奶酪", name_en="Cheese")
    line = await add_product_line(tx, scope=brand, body=body)
    page = await list_product_lines(tx, scope=keeper, query=ProductLineQuery())
    assert [one.code for one in page.items] == ["CHEESE", "MILK", "YOG"]
    edit = ProductLineEdit(name_zh="我的", name_en="Mine")
    with pytest.raises(NotFound):
        await edit_product_line(tx, scope=keeper, product_line_id=line.id, version=1, edit=edit)
    stranger = await list_product_lines(tx, scope=await person(chain.stranger), query=ProductLineQuery())
    assert stranger.items == []
