"""The audit log: a row per change, in the change's own transaction, without secrets."""

from typing import Any
from uuid import uuid4

import pytest
from msgspec import Struct

from lingqu.kernel.scope import Actor
from lingqu.runtime.audit import masked
from lingqu.runtime.db import Database
from lingqu.runtime.tx import Tx


class Contact(Struct, frozen=True):
    name: str
    phone: str
    password_hash: str


async def rows(tx: Tx) -> list[tuple[Any, ...]]:
    cursor = await tx.connection.execute(
        "select object_id, before, after, actor_name, trace_id, cell_id from runtime.audit order by object_id"
    )
    return await cursor.fetchall()


async def test_a_thousand_imported_rows_give_a_thousand_audit_rows(tx: Tx) -> None:
    for number in range(1_000):
        tx.record("sku", number, after={"code": f"S{number}"}, cell_id=number % 4)
    await tx.flush()
    cursor = await tx.connection.execute(
        "select count(*), count(distinct id), count(distinct object_id), count(distinct cell_id) from runtime.audit"
    )
    assert await cursor.fetchone() == (1_000, 1_000, 1_000, 4)


async def test_a_change_says_who_and_from_what_to_what(tx: Tx) -> None:
    tx.actor = Actor(party_id=uuid4(), user_id=7, name="ming", trace_id="a" * 32)
    tx.cell_id = 2
    tx.record("contact", 1, before=None, after=Contact("刘备", "13812345678", "argon2…"))
    tx.record("contact", 2, before=Contact("关羽", "13912345678", "x"), after=None)
    await tx.flush()
    assert await rows(tx) == [
        ("1", None, {"name": "刘备", "phone": "138******78", "password_hash": "***"}, "ming", "a" * 32, 2),
        ("2", {"name": "关羽", "phone": "139******78", "password_hash": "***"}, None, "ming", "a" * 32, 2),
    ]


async def test_what_is_rolled_back_leaves_no_trace(committing: Database) -> None:
    async def fail(tx: Tx) -> None:
        tx.record("sku", 1, after={})
        await tx.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await committing.run(fail)
    async with committing.begin() as tx:
        assert await rows(tx) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"api_key": "k"}, {"api_key": "***"}),
        ({"Token": {"value": "t"}}, {"Token": "***"}),
        ({"secrets": ["a", "b"]}, {"secrets": "***"}),
        ({"totp_seed": None}, {"totp_seed": None}),
        ({"has_password": True}, {"has_password": True}),
        ({"users": [{"mobile": "+8613812345678"}]}, {"users": [{"mobile": "+86*********78"}]}),
        ({"phone": "12"}, {"phone": "12"}),
        ({"phone": "1234"}, {"phone": "1234"}),
        ({"phone": "123456"}, {"phone": "123*56"}),
        ({"phones": [13812345678]}, {"phones": ["138******78"]}),
        ({"note": "password"}, {"note": "password"}),
    ],
)
def test_secrets_and_phones_are_masked_at_any_depth(given: object, kept: object) -> None:
    assert masked(given) == kept
