"""Send goods of a transfer on their way."""

from collections.abc import Sequence
from uuid import UUID

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.stock.carry import carry
from lingqu.modules.stock.nodes import own_node
from lingqu.modules.stock.transfers import FLOW, Part, Transfer, finish_step, own_transfer, sum_parts, take_step
from lingqu.modules.stock.types import Carry
from lingqu.runtime.tx import Tx

_MORE = Words("Line {line_no}: at most {most}.", "第 {line_no} 行最多 {most}。")


class MoreThanAsked(Refusal):
    """More is shipped than was asked for, or more is received than is on its way."""

    code = "stock.more-than-asked"
    status = 409
    title = Words("More than the transfer has", "超出调拨数量")


async def ship_transfer(tx: Tx, *, scope: Scope, transfer_id: UUID, parts: Sequence[Part], if_match: int) -> Transfer:
    """Take goods out of the sellable bin, first expired first, and put them on their way. May be done in parts.

    Raises: NotFound for another's transfer; WrongState; Stale; MoreThanAsked; OutOfStock.
    """
    before = await own_transfer(tx, scope=scope, transfer_id=transfer_id)
    FLOW.target("ship", before.status, id=transfer_id)
    shipped = sum_parts(before, parts)
    check_most(shipped, {line.line_no: line.quantity - line.shipped for line in before.lines})
    await take_step(tx, before=before, step="ship", if_match=if_match, shipped=shipped)
    source = await own_node(tx, scope=scope, node_id=before.from_node_id)
    sku_of = {line.line_no: line.sku_id for line in before.lines}
    await carry(
        tx,
        document_kind="transfer",
        carries=[
            Carry(
                transfer_id,
                line_no,
                source.home_cell,
                source.sellable(sku_of[line_no]),
                source.home_cell,
                source.in_transit(sku_of[line_no]),
                quantity,
            )
            for line_no, quantity in shipped.items()
        ],
        business_on=source.today(tx.now),
        user_id=scope.actor.user_id,
    )
    return await finish_step(tx, scope=scope, before=before, step="ship")


def check_most(asked: dict[int, int], most: dict[int, int]) -> None:
    """Make sure that no line takes more than it has left.

    Raises: MoreThanAsked naming each line.
    """
    errors = [
        FieldError("/lines", "too-much", _MORE, {"line_no": line_no, "most": most[line_no]})
        for line_no, quantity in asked.items()
        if quantity > most[line_no]
    ]
    if errors:
        raise MoreThanAsked(errors=errors)
