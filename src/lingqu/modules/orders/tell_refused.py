"""Tell a buyer that a date of a standing order was refused, naming the lines."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Invalid, Refusal, Words
from lingqu.modules.catalog.api import describe_skus
from lingqu.modules.identity.api import home_cell_of, users_with
from lingqu.modules.network.api import organization_terms
from lingqu.modules.notice.api import NewNotice, tell
from lingqu.modules.orders.types import NewLine
from lingqu.runtime.tx import Tx

KIND = "orders.standing-refused.v1"
_TITLE = Words("{name}, {on}: not ordered. {why}{lines}", "周期订单“{name}”{on} 未能下单：{why}{lines}")
_LINE = re.compile(r"/lines/(\d+)")
_MOST_LINES = 5


class RefusedRun(Struct, frozen=True):
    """A date that was refused, and what was asked for."""

    cell_id: int
    standing_id: UUID
    name: str
    due_on: date
    buyer_id: int
    lines: Sequence[NewLine]


async def tell_refused(tx: Tx, *, run: RefusedRun, refusal: Refusal) -> None:
    """Write the notice to everybody at the buyer who may place orders."""
    terms = (await organization_terms(tx, organization_ids=[run.buyer_id]))[run.buyer_id]
    users = await users_with(tx, party_id=terms.party_id, permission="orders.place")
    if not users:
        return
    names = await _named(tx, run, refusal)
    english, chinese = ({"name": run.name, "on": run.due_on.isoformat()} for _ in range(2))
    why = _why(refusal, is_named=bool(names))
    english |= {"why": why.en, "lines": _joined(names, "en")}
    chinese |= {"why": why.zh, "lines": _joined(names, "zh")}
    notice = NewNotice(
        cell_id=await home_cell_of(tx, party_id=terms.party_id),
        party_id=terms.party_id,
        user_ids=tuple(users),
        kind=KIND,
        title=Words(_TITLE.en.format(**english), _TITLE.zh.format(**chinese)),
        path=f"/standing/{run.standing_id}",
    )
    await tell(tx, notice=notice)


def _why(refusal: Refusal, *, is_named: bool) -> Words:
    """Say what stands against it; a refusal that points at fields no reader sees says what is wrong with the first."""
    if is_named or not isinstance(refusal, Invalid) or not refusal.errors:
        return refusal.title
    (first, *_) = refusal.errors
    return Words(first.words.say("en", first.facts), first.words.say("zh", first.facts).rstrip("。"))


async def _named(tx: Tx, run: RefusedRun, refusal: Refusal) -> list[tuple[Words, Words | None]]:
    """Name the goods of each refused line, with what stands against it."""
    places: dict[int, FieldError] = {}
    for error in refusal.errors:
        found = _LINE.match(error.path)
        if found and int(found[1]) < len(run.lines):
            places.setdefault(int(found[1]), error)
    skus = await describe_skus(tx, sku_ids={run.lines[place].sku_id for place in places})
    named: list[tuple[Words, Words | None]] = []
    for place, error in sorted(places.items()):
        packs = skus.get(run.lines[place].sku_id)
        if packs:
            against = Words(error.words.say("en", error.facts), error.words.say("zh", error.facts))
            named.append((Words(packs[0].name_en, packs[0].name_zh), against))
    return named


def _joined(names: Sequence[tuple[Words, Words | None]], tag: str) -> str:
    if not names:
        return ""
    parts = [f"{getattr(name, tag)} ({getattr(why, tag).rstrip('.。')})" for name, why in names[:_MOST_LINES]]
    rest = len(names) - _MOST_LINES
    if tag == "en":
        return ": " + ", ".join(parts) + (f" and {rest} more" if rest > 0 else "")
    return "：" + "、".join(parts) + (f" 等共 {len(names)} 行" if rest > 0 else "")
