"""Judge an order that waits for approval again, after a change of it: by the rules, prices and balances of this moment.

Who decides must see what it is asked for. An order that no rule holds any more waits no longer; one that got larger,
or that others decide now, is asked about anew; one that only got less keeps the decisions it has.
"""

from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from lingqu.kernel.clock import business_date
from lingqu.modules.approval.api import NewRequest, request_approvals, restate, withdraw
from lingqu.modules.credit.api import find_standings
from lingqu.modules.ledger.api import keep as keep_money
from lingqu.modules.ledger.api import lock_available
from lingqu.modules.network.api import organization_terms
from lingqu.modules.orders.desk import Desk
from lingqu.modules.orders.events import OrderJudgedAgain
from lingqu.modules.orders.judge import Case, Question, answer, judge, with_consent
from lingqu.modules.orders.judged import APPROVAL, levels_of, write_judgements
from lingqu.modules.orders.notices import tell_deciders
from lingqu.modules.orders.plan import payable
from lingqu.modules.orders.rules import Judgement
from lingqu.modules.orders.sheet import Sheet, StepTaken
from lingqu.modules.orders.step import taken
from lingqu.modules.orders.wish import PricedRow
from lingqu.modules.pricing.api import Quote
from lingqu.modules.stock.api import keep as keep_goods
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class _Waiting(Struct, frozen=True):
    """What is asked now, and of whom on all levels."""

    level: int
    level_parties: list[UUID]
    level_permissions: list[str]
    level_roles: list[int | None]
    requested_by: int | None
    party_id: Any
    subject: dict[str, Any]

    def is_for(self, buyer: UUID) -> bool:
        """Tell whether the buyer has to agree and has not yet."""
        return self.level == 1 and self.level_parties[0] == buyer

    def levels(self, *, seller: UUID) -> list[tuple[str, int | None]]:
        """Name the seller's own levels."""
        every = zip(self.level_parties, self.level_permissions, self.level_roles, strict=True)
        return [(permission, role_id) for party, permission, role_id in every if party == seller]


async def judge_again(tx: Tx, *, cell_id: int, desk: Desk) -> list[StepTaken]:
    """Judge a changed order whose lines are written; give the step for its history, none where it does not wait.

    The order is locked, and so are its accounts wherever its money changed. When it waits no longer, its goods and
    money expire no longer; its time does not begin anew, whoever is asked.
    """
    sheet, order = desk.sheet, desk.sheet.order
    if order.status != "placed" or order.approval_status != "waiting" or desk.link is None:
        return []
    asked = await tx.first(SQL["read_asked"], _Waiting, id=order.id)
    if asked is None:
        return []  # from before requests were kept: one yes decides it as it stands
    total = payable(sheet.lines, order.freight_minor, title_passes=order.title_passes)
    judgement = await _judgement(tx, cell_id, desk, total, needs_consent=asked.is_for(order.buyer))
    facts: dict[str, Any] = {
        "rule_before": asked.subject.get("rule", ""),
        "total_before_minor": asked.subject.get("total_minor", 0),
        "total_minor": total,
    }
    if judgement is None or judgement.outcome != "waits":
        await withdraw(tx, kind=APPROVAL, object_ids=[order.id])
        order.approval_status, order.expires_at = "none", None
        await keep_goods(tx, cell_id=cell_id, document_ids=[order.id])
        await keep_money(tx, cell_id=cell_id, document_ids=[order.id])
        facts |= {"outcome": "free", "rule": "" if judgement is None else judgement.rule}
    else:
        facts |= {
            "outcome": await _ask(tx, cell_id, sheet, asked=asked, judgement=judgement, total=total),
            "rule": judgement.rule,
        }
    await tx.run(SQL["drop_judgement"], cell_id=cell_id, order_id=order.id)
    if judgement is not None:
        await write_judgements(tx, cell_id=cell_id, judged=[(order.id, judgement)])
    event = OrderJudgedAgain(
        order_id=order.id,
        buyer_id=order.buyer_id,
        seller_id=order.seller_id,
        business_on=business_date(tx.now, order.time_zone),
        is_waiting=order.approval_status == "waiting",
        rule=facts["rule"],
        total_minor=total,
    )
    tx.emit(event, cell_id=cell_id)
    return [taken(sheet, "judge-again", **facts)]


async def _ask(tx: Tx, cell_id: int, sheet: Sheet, *, asked: _Waiting, judgement: Judgement, total: int) -> str:
    """Tell those who are asked already what it is about now, or ask anew; say which."""
    order = sheet.order
    subject = asked.subject | {
        "asks_buyer": judgement.needs_consent,
        "rule": judgement.rule,
        "facts": judgement.facts,
        "total_minor": total,
        "line_count": sum(line.quantity > line.cancelled for line in sheet.lines),
    }
    are_same = [(one.permission, one.role_id) for one in judgement.levels] == asked.levels(seller=order.seller)
    if are_same and total <= asked.subject.get("total_minor", 0):
        await restate(tx, kind=APPROVAL, object_id=order.id, subject=subject)
        return "less"
    await withdraw(tx, kind=APPROVAL, object_ids=[order.id])
    request = NewRequest(
        kind=APPROVAL,
        object_id=order.id,
        party_id=asked.party_id,
        requested_by=asked.requested_by,
        levels=levels_of(judgement, seller=order.seller, buyer=order.buyer),
        subject=subject,
        expires_at=order.expires_at,
    )
    await request_approvals(tx, requests=[request])
    await tell_deciders(tx, cell_id=cell_id, order_id=order.id)
    return "renewed"


async def _judgement(tx: Tx, cell_id: int, desk: Desk, total: int, *, needs_consent: bool) -> Judgement | None:
    order, link = desk.sheet.order, desk.link
    if link is None:
        raise AssertionError("an order without a link is not judged")
    buyer_id = order.buyer_id or 0
    buyer = (await organization_terms(tx, organization_ids=[buyer_id]))[buyer_id]
    quote = await _quote(tx, cell_id, desk)
    looked_at = Case(book=desk.book, quote=quote, level=buyer.level, total_minor=total)
    found = judge(desk.watch, link, looked_at)
    if needs_consent:
        found = with_consent(found, link, looked_at)
    if not isinstance(found, Question):
        return found
    case = found.case
    pair = (order.seller_id, buyer_id)
    standings = await find_standings(tx, pairs=[pair], today=business_date(tx.now, order.time_zone))
    case.standing = standings.get((*pair, order.currency))
    if case.standing is not None:
        account = case.standing.account_id
        available = await lock_available(tx, cell_id=cell_id, account_ids=[account])
        case.credit_used_minor = case.standing.limit_minor - available[account]
    return answer(found)


async def _quote(tx: Tx, cell_id: int, desk: Desk) -> Quote:
    """Give what is left of the order as the rules look at it: at its own prices, whatever the book says today."""
    order = desk.sheet.order
    rows = await tx.all(SQL["read_priced"], PricedRow, cell_id=cell_id, order_id=order.id)
    priced = {row.line_no: row for row in rows}
    live = [line for line in desk.sheet.lines if line.quantity > line.cancelled]
    quote = desk.book.price_lines(
        seller_id=order.seller_id,
        buyer_id=order.buyer_id,
        business_on=order.business_on,
        lines=[
            (line.sku_id, priced[line.line_no].pack_id, -(-(line.quantity - line.cancelled) // line.units_per_pack))
            for line in live
        ],
        currency=order.currency,
    )
    own = [
        replace(one, price_minor=row.price_minor, is_tax_included=row.is_tax_included, tax_ppm=row.tax_ppm)
        for one, row in zip(quote.lines, [priced[line.line_no] for line in live], strict=True)
    ]
    return replace(quote, lines=tuple(own))
