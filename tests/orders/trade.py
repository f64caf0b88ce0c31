"""A small trade for the tests of orders: a maker, a distributor with two dealers, three SKUs, prices, stock, money."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.catalog.api import NewPack, NewSKU, NewTaxClass, add_skus, add_tax_class
from lingqu.modules.ledger.api import NewAccount, NewEntry, Posting, open_accounts, post
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
from lingqu.modules.orders.api import Intake, NewLine, NewOrder
from lingqu.modules.orders.permissions import PERMISSIONS
from lingqu.modules.stock.api import Receipt, key_of, receive
from lingqu.roles.modules import MODULES
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
Answer = TypeVar("Answer")

PRICES_MINOR = (1_000, 333, 2_500)
"""Price of one base unit of each SKU, tax included (13 %)."""


class Trade(Struct):
    """The trade and what a test does with it. Amounts in fen, quantities in base units."""

    database: Database
    intake: Intake
    maker: AddedOrganization
    seller: AddedOrganization
    buyers: list[AddedOrganization]
    skus: list[int]
    packs: list[dict[int, int]]
    clock: list[datetime]

    @property
    def now(self) -> datetime:
        return self.clock[0]

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo("Asia/Shanghai")).date()

    def wait(self, time: timedelta) -> None:
        self.clock[0] += time

    def scope(self, who: AddedOrganization, *, user_id: int | None = None, without: Sequence[str] = ()) -> Scope:
        rights = {p.code for p in PERMISSIONS} - set(without)
        return Scope(
            actor=Actor(who.party_id, user_id, "tester"),
            organization_id=who.id,
            party_id=who.party_id,
            cell_id=who.home_cell,
            organization_ids=(who.id,),
            party_ids=(who.party_id,),
            cell_ids=(who.home_cell,),
            permissions=frozenset(rights),
            kind="dealer",
        )

    def new_key(self) -> str:
        return str(uuid7(at=self.now))

    @property
    def cell(self) -> int:
        return self.seller.home_cell

    def key(self, sku: int = 0, who: AddedOrganization | None = None, state: str = "sellable") -> int:
        place = who or self.seller
        return key_of(bin_id=place.bins[state], sku_id=self.skus[sku])  # type: ignore[index]

    async def run(self, work: Callable[[Tx], Awaitable[Answer]], *, who: AddedOrganization | None = None) -> Answer:
        async def attempt(tx: Tx) -> Answer:
            if who is not None:
                scope = self.scope(who)
                tx.actor, tx.cell_id = scope.actor, scope.cell_id
            return await work(tx)

        return await self.database.run(attempt, now=self.now)

    async def stock(
        self, quantity: int, *, sku: int = 0, lot: str = "L1", expires_on: date | None = date(2029, 12, 1)
    ) -> None:
        receipt = Receipt(uuid7(), 1, self.key(sku), quantity, lot, date(2026, 1, 1), expires_on, quantity * 500)
        await self.run(
            lambda tx: receive(
                tx, cell_id=self.cell, document_kind="opening", receipts=[receipt], business_on=self.today, user_id=None
            )
        )

    async def money(self, amount: int, *, buyer: int = 0, kind: str = "prepaid", floor: int = 0) -> UUID:
        async def put(tx: Tx) -> UUID:
            opening, account = await open_accounts(
                tx,
                cell_id=self.cell,
                accounts=[
                    NewAccount(kind="opening", owner=self.seller.party_id, currency="CNY"),
                    NewAccount(
                        kind=kind,
                        owner=self.seller.party_id,
                        counterparty=self.buyers[buyer].party_id,
                        currency="CNY",
                        floor=floor,
                    ),
                ],
            )
            if amount:
                entry = NewEntry(
                    id=uuid7(),
                    kind="opening",
                    document_kind="opening",
                    document_id=uuid7(),
                    postings=(Posting(opening, account, amount),),
                    business_on=self.today,
                )
                await post(tx, cell_id=self.cell, entries=[entry])
            return account

        return await self.run(put)

    def order(self, *lines: tuple[int, int], **given: Any) -> NewOrder:
        """Describe an order: (SKU by place, base units) a line."""
        return NewOrder(
            seller_id=self.seller.id, lines=[NewLine(sku_id=self.skus[sku], packs=n) for sku, n in lines], **given
        )

    async def one(self, text: str, *values: Any) -> Any:
        """Read a single row by plain SQL: what the tests compare with."""
        async with self.database.begin(now=self.now) as tx:
            cursor = await tx.connection.execute(text, values)  # type: ignore[arg-type]
            row = await cursor.fetchone()
            return row[0] if row is not None and len(row) == 1 else row

    async def on_hand(self, key: int, cell: int | None = None) -> tuple[int, int]:
        row = await self.one(
            "select on_hand, reserved from stock.balance where cell_id = %s and key = %s",
            self.cell if cell is None else cell,
            key,
        )
        return (0, 0) if row is None else (int(row[0]), int(row[1]))

    async def balance(self, account: UUID) -> tuple[int, int]:
        """Give what an account has posted and held, waiting deltas included."""
        row = await self.one(
            "select b.posted + coalesce((select sum(d.amount) from ledger.delta d "
            "where d.cell_id = b.cell_id and d.account_id = b.account_id), 0), b.held "
            "from ledger.balance b where b.cell_id = %s and b.account_id = %s",
            self.cell,
            account,
        )
        return (int(row[0]), int(row[1]))

    async def events(self) -> list[dict[str, Any]]:
        """List every event in the outbox."""
        async with self.database.begin(now=self.now) as tx:
            cursor = await tx.connection.execute(
                "select e from runtime.outbox o, jsonb_array_elements(o.body::jsonb) e order by o.recorded_at, o.id"
            )
            return [row[0] for row in await cursor.fetchall()]

    async def violations(self) -> dict[str, int]:
        """Run every module's own checks and name those that find something."""
        found: dict[str, int] = {}
        async with self.database.begin(now=self.now) as tx:
            for module in MODULES:
                for check in module.checks:
                    rows = await tx.tuples(check.statement)
                    if rows:
                        found[check.name] = sum(count for _, count in rows)
        return found


async def build_trade(tx: Tx, database: Database, clock: list[datetime]) -> Trade:
    maker, seller = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.BRAND, code="M", name="厂家", home_cell=0),
            NewOrganization(kind=Kind.DISTRIBUTOR, code="D", name="经销商", home_cell=1),
        ],
    )
    buyers = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.DEALER, code="S1", name="小店一", parent_id=seller.id, home_cell=1),
            NewOrganization(kind=Kind.DEALER, code="S2", name="小店二", parent_id=seller.id, home_cell=2),
        ],
    )
    await add_links(
        tx,
        links=[NewLink(seller_id=seller.id, buyer_id=b.id, valid_from=date(2026, 1, 1)) for b in buyers],
    )
    (line_id,) = await add_product_lines(
        tx, lines=[NewProductLine(brand_id=maker.id, code="A", name_zh="牛奶", name_en="Milk")]
    )
    tax_id = await _tax_class(tx)
    skus = await add_skus(
        tx,
        skus=[
            NewSKU(
                brand_id=maker.id,
                product_line_id=line_id,
                tax_class_id=tax_id,
                code=f"K{i}",
                name_zh=f"牛奶{i}",
                name_en=f"Milk {i}",
                base_unit="盒",
                is_lot_tracked=True,
                packs=(NewPack(code="BOX", name_zh="箱", name_en="Box", units=12),),
            )
            for i in range(len(PRICES_MINOR))
        ],
    )
    packs = [await _packs(tx, sku.id) for sku in skus]
    await _prices(tx, seller.id, [(sku.id, of[1]) for sku, of in zip(skus, packs, strict=True)])
    return Trade(
        database=database,
        intake=Intake(database),
        maker=maker,
        seller=seller,
        buyers=buyers,
        skus=[sku.id for sku in skus],
        packs=packs,
        clock=clock,
    )


async def _tax_class(tx: Tx) -> int:
    made = await add_tax_class(tx, tax_class=NewTaxClass(code="V13", name_zh="13%", name_en="13 %", rate_ppm=130_000))
    return made.id


async def _packs(tx: Tx, sku_id: int) -> dict[int, int]:
    cursor = await tx.connection.execute("select units, id from catalog.pack where sku_id = %s", (sku_id,))
    return dict(await cursor.fetchall())


async def _prices(tx: Tx, seller_id: int, packs: Sequence[tuple[int, int]]) -> None:
    cursor = await tx.connection.execute(
        "insert into pricing.price_list (seller_id, code, name, currency, is_tax_included, status, valid_from, "
        "sort_key, search, created_at) values (%s, 'L', 'List', 'CNY', true, 'published', '2026-01-01', 'l', '{}', %s) "
        "returning id",
        (seller_id, NOW),
    )
    row = await cursor.fetchone()
    assert row is not None
    for audience in ("everybody", "consumer"):
        await tx.connection.execute(
            "insert into pricing.assignment (list_id, audience) values (%s, %s)", (row[0], audience)
        )
    for (sku_id, pack_id), price in zip(packs, PRICES_MINOR, strict=True):
        await tx.connection.execute(
            "insert into pricing.price_item (list_id, sku_id, pack_id, valid_from, price_minor) "
            "values (%s, %s, %s, '2026-01-01', %s)",
            (row[0], sku_id, pack_id, price),
        )


async def link_maker(tx: Tx, trade: Trade) -> None:
    """Let the seller buy from the maker: whoever buys from the seller then sees the maker's goods."""
    link = NewLink(seller_id=trade.maker.id, buyer_id=trade.seller.id, valid_from=date(2026, 1, 1))
    await add_links(tx, links=[link])
