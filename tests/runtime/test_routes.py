"""Reading the audit log: the newest first, by kind and object, only one's own people's changes."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from lingqu.kernel.scope import Actor, Scope
from lingqu.runtime.audit import Change, audit_rows
from lingqu.runtime.routes import AuditQuery, list_audit
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx
from tests.conftest import NOW

SQL = statements("lingqu.runtime")

OURS, THEIRS = uuid4(), uuid4()


def scope(party: UUID, *, is_whole: bool = False) -> Scope:
    return Scope(Actor(party, 7), 1, party, 1, (1,), (party,), (1, 2), is_whole=is_whole)


@pytest.fixture
async def written(tx: Tx) -> Tx:
    """Write three changes of ours, a minute apart and in two cells, and one of theirs."""
    for number, (party, cell, kind) in enumerate(
        [(OURS, 1, "sku"), (OURS, 2, "price"), (OURS, 1, "sku"), (THEIRS, 1, "sku")]
    ):
        change = Change(cell, kind, f"{kind}-{number}", {"n": number}, {"n": number + 1})
        actor = Actor(party, 7, f"user {number}")
        await tx.load(SQL["load_audit"], audit_rows([change], actor=actor, now=NOW + timedelta(minutes=number)))
    return tx


async def objects(tx: Tx, scope: Scope, query: AuditQuery) -> list[list[str]]:
    pages: list[list[str]] = []
    cursor: str | None = None
    while True:
        asked = replace(query, cursor=cursor)
        page = await list_audit.function(tx, scope, asked)
        pages.append([entry.object_id for entry in page.items])
        cursor = page.next
        if cursor is None:
            return pages


async def test_the_newest_comes_first_over_all_cells(written: Tx) -> None:
    assert await objects(written, scope(OURS), AuditQuery(limit=2)) == [["sku-2", "price-1"], ["sku-0"]]
    assert await objects(written, scope(OURS), AuditQuery(sort="recorded_at")) == [["sku-0", "price-1", "sku-2"]]


async def test_it_is_asked_by_kind_and_by_object(written: Tx) -> None:
    assert await objects(written, scope(OURS), AuditQuery(kind="sku")) == [["sku-2", "sku-0"]]
    assert await objects(written, scope(OURS), AuditQuery(object_id="price-1")) == [["price-1"]]
    assert await objects(written, scope(OURS), AuditQuery(kind="price", object_id="sku-0")) == [[]]


async def test_it_is_asked_by_time_and_by_person(written: Tx) -> None:
    minute = [NOW + timedelta(minutes=number) for number in range(4)]
    assert await objects(written, scope(OURS), AuditQuery(since=minute[1])) == [["sku-2", "price-1"]]
    assert await objects(written, scope(OURS), AuditQuery(since=minute[0], until=minute[1])) == [["sku-0"]]
    assert await objects(written, scope(OURS), AuditQuery(until=minute[0])) == [[]]
    assert await objects(written, scope(OURS), AuditQuery(user_id=7, kind="price")) == [["price-1"]]
    assert await objects(written, scope(OURS), AuditQuery(user_id=8)) == [[]]


async def test_only_the_operator_sees_what_others_changed(written: Tx) -> None:
    assert await objects(written, scope(THEIRS), AuditQuery()) == [["sku-3"]]
    assert await objects(written, scope(uuid4(), is_whole=True), AuditQuery()) == [
        ["sku-3", "sku-2", "price-1", "sku-0"]
    ]


async def test_an_entry_tells_who_and_from_what_to_what(written: Tx) -> None:
    page = await list_audit.function(written, scope(THEIRS), AuditQuery())
    (entry,) = page.items
    assert (entry.before, entry.after, entry.actor_name, entry.party_id, entry.recorded_at) == (
        {"n": 3},
        {"n": 4},
        "user 3",
        THEIRS,
        NOW + timedelta(minutes=3),
    )
