"""Cases of files: each maker has one picture that nothing uses; only its own people see it."""

import io

from PIL import Image

from lingqu.kernel.scope import Actor
from lingqu.modules.files.add_file import add_file
from lingqu.modules.network.api import scope_of_party
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.world import World

MAKERS = ("factory", "mill")


def png(width: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, 8), "teal").save(stream, "PNG")
    return stream.getvalue()


async def build(tx: Tx, world: World) -> None:
    """Upload two pictures for each maker: one stays free, one is for a SKU."""
    for number, key in enumerate(MAKERS):
        scope = await scope_of_party(tx, actor=Actor(world[key].added.party_id), permissions=frozenset())
        assert scope is not None
        for width, kind in ((10, "file"), (20, "shown-file")):
            content = png(width + number)
            stored = await add_file(
                tx, scope=scope, objects=world.made["objects", "store"], content=content, name="x.png"
            )
            world.made[kind, key] = stored.id


def _upload(world: World) -> list[Target]:
    assert world
    return [Target(owners=None, by="factory/manager", body=png(30))]


def _own(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({key}), by=f"{key}/manager", path={"file_id": world.made["file", key]})
        for key in MAKERS
    ]


CASES = {"add_file": Case(targets=_upload), "read_file": Case(targets=_own)}
