"""Find what a scanned or typed code stands for."""

from lingqu.kernel.errors import NotFound
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.gtin import WrongGTIN, normalise_gtin
from lingqu.modules.catalog.types import Scanned
from lingqu.modules.catalog.visible import visible_lines
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def find_by_code(tx: Tx, *, scope: Scope, code: str) -> list[Scanned]:
    """Find the packs that a code may mean: a GTIN of any length first, then own barcodes, then SKU codes.

    Raises: NotFound if it means nothing that the caller may see.
    """
    found = await tx.all(
        SQL["find_by_code"],
        Scanned,
        code=code,
        gtin=_gtin(code),
        organization_id=scope.organization_id,
        is_whole=scope.is_whole,
        line_ids=await visible_lines(tx, scope=scope),
    )
    if not found:
        raise NotFound(kind="code", id=code)
    return found


def _gtin(code: str) -> str | None:
    """Read a code as a GTIN where it is one; most codes of a house's own are none."""
    try:
        return normalise_gtin(code)
    except WrongGTIN:
        return None
