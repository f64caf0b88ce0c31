"""Give a SKU another pack."""

from msgspec.structs import replace

from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.add_packs import add_packs
from lingqu.modules.catalog.edit_sku import keys_of
from lingqu.modules.catalog.events import SKUChanged
from lingqu.modules.catalog.gtin import normalise_gtin
from lingqu.modules.catalog.read_sku import own_sku
from lingqu.modules.catalog.types import NewPack, Pack
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def add_pack(tx: Tx, *, scope: Scope, sku_id: int, pack: NewPack) -> Pack:
    """Make a pack of a SKU of the caller's own brands. Its number of base units never changes afterwards.

    Raises: NotFound, WrongGTIN, CodeTaken.
    """
    sku = await own_sku(tx, scope=scope, sku_id=sku_id)
    new = replace(pack, gtin=None if pack.gtin is None else normalise_gtin(pack.gtin))
    ids = await add_packs(tx, packs=[(sku_id, new)])
    made = Pack(
        id=ids[sku_id, new.code],
        sku_id=sku_id,
        code=new.code,
        name_zh=new.name_zh,
        name_en=new.name_en,
        units=new.units,
        gtin=new.gtin,
        is_orderable=new.is_orderable,
        version=1,
    )
    await tx.run(SQL["touch_sku"], id=sku_id, search=keys_of(replace(sku, packs=(*sku.packs, made))))
    tx.record("pack", made.id, after=made)
    tx.emit(SKUChanged(sku_id=sku_id, brand_id=sku.brand_id, status=sku.status, version=sku.version + 1))
    return made
