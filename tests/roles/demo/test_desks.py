"""A first visitor finds work on every desk."""

import pytest
from msgspec.structs import replace

from lingqu.modules.approval.to_do import ToDoQuery, list_to_do
from lingqu.modules.catalog.list_skus import SKUQuery, list_skus
from lingqu.modules.network.links import LinkQuery, list_links, read_link
from lingqu.modules.network.organizations import OrganizationQuery, list_organizations
from lingqu.modules.network.proposals import ProposalQuery, list_proposals
from lingqu.modules.network.types import Status
from lingqu.modules.orders.drafts import DraftQuery, list_drafts
from lingqu.modules.orders.queries import OrderQuery, list_orders, read_order
from lingqu.modules.stock.counts import CountQuery, list_counts, read_count
from tests.roles.demo.conftest import TODAY, Demo


async def actions(demo: Demo, login: str, side: str) -> set[str]:
    """Name every step that a login may take on the last orders of one side."""
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        query = OrderQuery(side=side, kind="channel", limit=100)  # type: ignore[arg-type]
        orders = (await list_orders(tx, scope=scope, query=query)).items
        whole = [await read_order(tx, scope=scope, order_id=one.id) for one in orders]
    return {action for order in whole for action in order.actions}


@pytest.mark.parametrize(
    ("login", "side", "wanted"),
    [
        ("dealer", "buying", {"receive", "cancel", "return"}),
        ("distributor", "selling", {"approve", "confirm", "ship", "decide-return", "decide-change"}),
        ("distributor", "buying", {"receive", "cancel"}),
        ("supplier", "selling", {"confirm", "ship", "decide-return"}),
    ],
)
async def test_orders_wait_for_a_step(demo: Demo, login: str, side: str, wanted: set[str]) -> None:
    assert wanted <= await actions(demo, login, side)


@pytest.mark.parametrize("login", ["dealer", "distributor"])
async def test_buyers_have_kept_a_basket(demo: Demo, login: str) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        assert (await list_drafts(tx, scope=scope, query=DraftQuery())).items


@pytest.mark.parametrize("login", ["dealer", "distributor"])
async def test_a_count_is_half_entered_with_a_difference(demo: Demo, login: str) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        query = CountQuery(organization_id=scope.organization_id)
        (head,) = (await list_counts(tx, scope=scope, query=query)).items
        sheet = await read_count(tx, scope=scope, sheet_id=head.id)
    assert 0 < head.counted_count < head.line_count
    assert any(line.difference for line in sheet.lines)


async def test_a_proposed_link_waits_for_the_distributor_and_a_right_of_a_shop_will_end(demo: Demo) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, "distributor")
        query = ProposalQuery(side="received", status="open")
        (proposal,) = (await list_proposals(tx, scope=scope, query=query)).items
        dealer = await demo.scope(tx, "dealer")
        (line,) = (await list_links(tx, scope=dealer, query=LinkQuery(side="buying"))).items
        link = await read_link(tx, scope=dealer, link_id=line.id)
    assert (proposal.seller_id, proposal.is_sent) == (scope.organization_id, False)
    assert {one.capability: one.state for one in link.grants if one.valid_until} == {"see-stock": "live"}


@pytest.mark.parametrize(
    ("login", "codes"), [("distributor", {"HZ-NEW"}), ("brand", {"HZ-NEW", "JX", "TR-F4"}), ("operator", {"TR-F4"})]
)
async def test_applications_wait(demo: Demo, login: str, codes: set[str]) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        query = OrganizationQuery(status=Status.APPLIED)
        found = (await list_organizations(tx, scope=scope, query=query)).items
    assert codes <= {one.code for one in found}


@pytest.mark.parametrize(
    ("login", "kinds"),
    [
        ("distributor", {"orders.order", "network.organization"}),
        ("distributor-sales", {"orders.order"}),  # it asked for the organization itself
        ("dealer", {"orders.draft", "orders.order"}),
        ("dealer-sales", set()),
    ],
)
async def test_decisions_wait_for_managers_and_for_who_decides_in_their_place(
    demo: Demo, login: str, kinds: set[str]
) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        if login.endswith("-sales"):
            scope = replace(scope, permissions=frozenset({"orders.read"}))
        found = (await list_to_do(tx, scope=scope, query=ToDoQuery())).items
    assert kinds == {one.kind for one in found}
    assert all(one.for_name is not None for one in found) == login.endswith("-sales")


@pytest.mark.parametrize("login", ["operator", "brand", "supplier", "distributor", "dealer"])
async def test_everybody_sees_the_goods_of_the_channel(demo: Demo, login: str) -> None:
    async with demo.database.begin(now=TODAY) as tx:
        scope = await demo.scope(tx, login)
        assert len((await list_skus(tx, scope=scope, query=SKUQuery(limit=100))).items) == 100
