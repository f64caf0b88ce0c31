"""Give every SKU of the demo a packshot."""

import asyncio
import hashlib
from collections.abc import Sequence

from lingqu.modules.catalog.api import FirstPicture
from lingqu.modules.catalog.api import add_pictures as show_pictures
from lingqu.modules.files.api import Picture, add_files, render
from lingqu.roles.demo.load.known import Known
from lingqu.roles.demo.plan.drawing import draw
from lingqu.roles.demo.plan.goods import Goods
from lingqu.roles.demo.plan.plan import Plan
from lingqu.runtime.objects import Objects
from lingqu.runtime.tx import Tx

_FAST = 1


async def draw_pictures(plan: Plan) -> list[Picture]:
    """Draw the packshots beside the event loop."""
    return await asyncio.gather(*(asyncio.to_thread(_drawn, one) for one in plan.goods))


async def add_pictures(tx: Tx, known: Known, objects: Objects, drawn: Sequence[Picture]) -> None:
    """Store the packshots for the brand and show each for its SKU."""
    goods = known.plan.goods
    file_ids = await add_files(
        tx,
        party_id=known.organizations[0].party_id,
        objects=objects,
        pictures=[(f"{one.code}.png", picture) for one, picture in zip(goods, drawn, strict=True)],
    )
    await show_pictures(
        tx,
        pictures=[
            FirstPicture(sku_id=sku.id, file_id=file_id, alt_zh=f"{one.zh}包装图", alt_en=f"Pack of {one.en}")
            for sku, one, file_id in zip(known.skus, goods, file_ids, strict=True)
        ],
    )


def _drawn(one: Goods) -> Picture:
    image = draw(one)
    return render(image, source_sha256=hashlib.sha256(one.code.encode() + image.tobytes()).digest(), effort=_FAST)
