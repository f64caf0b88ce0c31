"""Tax classes: the rates that SKUs are taxed by. They are the platform's; everybody reads them."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict, replace

from lingqu.kernel.errors import NotFound, Stale
from lingqu.modules.catalog.code_taken import CodeTaken
from lingqu.modules.catalog.events import TaxClassChanged
from lingqu.modules.catalog.types import Code, Name, TaxClass
from lingqu.modules.catalog.visible import bump_channel
from lingqu.runtime.paging import Listed, ListQuery, Sorts, list_page
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_SORTS = Sorts({"code": "code", "id": "id"}, default="code")
RatePPM = Annotated[int, Meta(ge=0, le=1_000_000)]


class NewTaxClass(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tax class to be made; 13 % is 130,000 parts per million."""

    code: Code
    name_zh: Name
    name_en: Name
    rate_ppm: RatePPM


class TaxClassEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name_zh: Name | UnsetType = UNSET
    name_en: Name | UnsetType = UNSET
    rate_ppm: RatePPM | UnsetType = UNSET


async def list_tax_classes(tx: Tx, *, query: ListQuery) -> Listed[TaxClass]:
    """Read one page of all tax classes.

    Raises: Invalid for an unknown sort or a cursor of another list.
    """
    return await list_page(tx, SQL["list_tax_classes"], TaxClass, query=query, sorts=_SORTS, q=query.q)


async def add_tax_class(tx: Tx, *, tax_class: NewTaxClass) -> TaxClass:
    """Make a tax class.

    Raises: CodeTaken.
    """
    made = await tx.values(SQL["add_tax_class"], int, **asdict(tax_class))
    if not made:
        raise CodeTaken(kind="tax class", taken=tax_class.code)
    new = TaxClass(id=made[0], version=1, **asdict(tax_class))
    tx.record("tax-class", new.id, after=new)
    return new


async def edit_tax_class(tx: Tx, *, tax_class_id: int, if_match: int, edit: TaxClassEdit) -> TaxClass:
    """Change a tax class. A new rate holds for lines priced from now on; lines of old orders keep theirs.

    Raises: NotFound, Stale.
    """
    before = await tx.first(SQL["find_tax_class"], TaxClass, tax_class_id=tax_class_id)
    if before is None:
        raise NotFound(kind="tax class", id=tax_class_id)
    given = {name: value for name, value in asdict(edit).items() if value is not UNSET}
    after = replace(before, **given, version=if_match + 1)
    columns = {name: getattr(after, name) for name in TaxClassEdit.__struct_fields__}
    if not await tx.run(SQL["edit_tax_class"], id=tax_class_id, version=if_match, **columns):
        raise Stale(kind="tax class")
    tx.record("tax-class", tax_class_id, before=before, after=after)
    if before.rate_ppm != after.rate_ppm:
        tx.emit(TaxClassChanged(tax_class_id=tax_class_id, rate_ppm=after.rate_ppm))
        brands = await tx.values(SQL["brands_of_tax_class"], int, tax_class_id=tax_class_id)
        await bump_channel(tx, brand_ids=brands)
    return after
