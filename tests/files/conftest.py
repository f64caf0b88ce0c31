"""Two brands with stores of their own, and pictures drawn for the test."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.network.api import Kind, NewOrganization, add_organizations, scope_of_party
from lingqu.runtime.objects import Objects
from lingqu.runtime.tx import Tx


def picture(width: int = 64, height: int = 48, *, kind: str = "PNG", colour: str = "teal", **given: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, kind, **given)
    return stream.getvalue()


@pytest.fixture
def objects(tmp_path: Path) -> Objects:
    return Objects(tmp_path / "objects")


@pytest.fixture
async def brands(tx: Tx) -> SimpleNamespace:
    """Give the scopes of two brands that know nothing of each other."""
    scopes: list[Scope] = []
    for one in await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.BRAND, code="B", name="天润乳业", home_cell=1),
            NewOrganization(kind=Kind.BRAND, code="O", name="可乐公司", home_cell=2),
        ],
    ):
        scope = await scope_of_party(tx, actor=Actor(one.party_id), permissions=frozenset())
        assert scope is not None
        scopes.append(scope)
    tx.changes.clear()
    return SimpleNamespace(brand=scopes[0], other=scopes[1])


def stored(folder: Path) -> set[str]:
    """Name everything that lies in a store, half-written files too."""
    return {file.name for file in (folder / "objects").rglob("*") if file.is_file()}
