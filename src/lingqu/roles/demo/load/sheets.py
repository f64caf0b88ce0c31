"""A count that somebody has begun at the distributor, and one at the visited shop: half of it is entered."""

from lingqu.modules.stock.api import Counted, NewCount, enter_count, open_count
from lingqu.roles.demo.load.known import Known
from lingqu.runtime.tx import Tx

_TITLE = "月末抽盘"
_GOODS = 12
_LACKS = {1: 1, 3: 2}
"""Pieces that are not found, by line."""


async def begin_counts(tx: Tx, known: Known) -> None:
    """Open a sheet over some goods of each; of what was entered two lines lack some pieces."""
    stories = known.plan.stories
    sku_ids = [sku.id for sku in known.skus[:_GOODS]]
    for place in (stories.distributor, stories.visited):
        scope = known.scope(place)
        tx.actor, tx.cell_id = scope.actor, scope.cell_id
        node_id = known.organizations[place].node_id
        sheet = await open_count(tx, scope=scope, new=NewCount(node_id=node_id, title=_TITLE, sku_ids=sku_ids))
        half = sheet.lines[: len(sheet.lines) // 2]
        # What the books say shows once something was entered: first nothing, then what lies there.
        blind = [Counted(sku_id=line.sku_id, lot_code=line.lot_code, counted=0) for line in half]
        sheet = await enter_count(tx, scope=scope, sheet_id=sheet.id, lines=blind, if_match=sheet.version)
        found = [
            Counted(sku_id=line.sku_id, lot_code=line.lot_code, counted=max(line.expected - _LACKS.get(number, 0), 0))
            for number, line in enumerate(sheet.lines)
            if line.expected is not None
        ]
        await enter_count(tx, scope=scope, sheet_id=sheet.id, lines=found, if_match=sheet.version)
