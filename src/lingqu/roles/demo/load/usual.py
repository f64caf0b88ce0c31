"""Leave the visited shop its usual list, and a standing order that follows it."""

from datetime import timedelta

from lingqu.modules.orders.api import (
    ListedPack,
    NewStanding,
    NewTemplate,
    Rhythm,
    save_standing,
    save_template,
)
from lingqu.roles.demo.load.known import Known
from lingqu.roles.demo.plan.open_orders import OpenOrder
from lingqu.runtime.tx import Tx

_NAME = "每周常订"
_LEAD_DAYS = 2


async def keep_usual(tx: Tx, known: Known, *, like: OpenOrder) -> None:
    """Keep what an order asked for as a list, ordered for every Friday, two days ahead."""
    scope, seller = known.scope(like.buyer), known.organizations[like.seller]
    tx.actor, tx.cell_id = scope.actor, scope.cell_id
    packs = {
        (line.goods, line.pack): ListedPack(
            sku_id=known.skus[line.goods].id, pack_id=known.pack_id(line.goods, line.pack), packs=line.packs
        )
        for line in like.lines
    }
    template = await save_template(
        tx, scope=scope, new=NewTemplate(name=_NAME, seller_id=seller.id, lines=list(packs.values()))
    )
    friday = Rhythm(kind="weekly", weekdays=[5])
    new = NewStanding(
        seller_id=seller.id,
        name=_NAME,
        rhythm=friday,
        # Its first date is one that can still be ordered for.
        starts_on=tx.now.date() + timedelta(days=_LEAD_DAYS + 1),
        lead_days=_LEAD_DAYS,
        template_id=template.id,
    )
    await save_standing(tx, scope=scope, new=new)
