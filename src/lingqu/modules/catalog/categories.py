"""A brand's tree of categories."""

from collections.abc import Sequence

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import asdict, replace

from lingqu.kernel.errors import FieldError, Invalid, NotFound, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.catalog.code_taken import CodeTaken
from lingqu.modules.catalog.types import Category, Code, Name
from lingqu.modules.catalog.visible import visible_lines
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_NO_PARENT = Words(
    "The parent must be another category of the same brand, and not inside this one.",
    "上级分类须属于同一品牌，且不能是本分类或其下级。",
)


class NewCategory(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A category to be made, at the top or inside another."""

    brand_id: int
    code: Code
    name_zh: Name
    name_en: Name
    parent_id: int | None = None


class CategoryEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; a parent of null moves it to the top."""

    parent_id: int | None | UnsetType = UNSET
    name_zh: Name | UnsetType = UNSET
    name_en: Name | UnsetType = UNSET


async def list_categories(tx: Tx, *, scope: Scope, brand_id: int | None) -> list[Category]:
    """Read the categories of brands whose goods the caller may see."""
    line_ids = await visible_lines(tx, scope=scope)
    return await tx.all(SQL["list_categories"], Category, brand_id=brand_id, is_whole=scope.is_whole, line_ids=line_ids)


async def add_category(tx: Tx, *, scope: Scope, category: NewCategory) -> Category:
    """Make a category of one of the caller's own brands.

    Raises: NotFound, CodeTaken; Invalid for a parent of another brand.
    """
    if not scope.sees(category.brand_id):
        raise NotFound(kind="brand", id=category.brand_id)
    await _check_parent(tx, scope, brand_id=category.brand_id, parent_id=category.parent_id, category_id=None)
    (made,) = await add_categories(tx, categories=[category])
    return Category(id=made, version=1, **asdict(category))


async def add_categories(tx: Tx, *, categories: Sequence[NewCategory]) -> list[int]:
    """Make many categories in one statement; add a tree level by level.

    Shapes: the ids, in the order given.
    Raises: CodeTaken naming the first code that its brand has already.
    """
    names = NewCategory.__struct_fields__
    rows = await tx.tuples(SQL["add_categories"], **{name: [getattr(c, name) for c in categories] for name in names})
    id_of: dict[tuple[int, str], int] = {(brand_id, code): id_ for brand_id, code, id_ in rows}
    for category in categories:
        if (category.brand_id, category.code) not in id_of:
            raise CodeTaken(kind="category", taken=category.code)
    ids = [id_of[category.brand_id, category.code] for category in categories]
    for id_, category in zip(ids, categories, strict=True):
        tx.record("category", id_, after=category)
    return ids


async def edit_category(tx: Tx, *, scope: Scope, category_id: int, if_match: int, edit: CategoryEdit) -> Category:
    """Rename or move a category of the caller's own brands.

    Raises: NotFound, Stale; Invalid for a parent that is of another brand or lies inside the category.
    """
    before = await _own(tx, scope, category_id)
    given = {name: value for name, value in asdict(edit).items() if value is not UNSET}
    after = replace(before, **given, version=if_match + 1)
    await _check_parent(tx, scope, brand_id=after.brand_id, parent_id=after.parent_id, category_id=category_id)
    changed = await tx.run(
        SQL["edit_category"],
        id=category_id,
        version=if_match,
        parent_id=after.parent_id,
        name_zh=after.name_zh,
        name_en=after.name_en,
    )
    if not changed:
        raise Stale(kind="category")
    tx.record("category", category_id, before=before, after=after)
    return after


async def categories_within(tx: Tx, *, category_id: int) -> list[int]:
    """Name a category and all inside it."""
    return await tx.values(SQL["categories_below"], int, category_id=category_id)


async def _own(tx: Tx, scope: Scope, category_id: int) -> Category:
    category = await tx.first(
        SQL["find_category"],
        Category,
        category_id=category_id,
        is_whole=scope.is_whole,
        organization_ids=list(scope.organization_ids),
    )
    if category is None:
        raise NotFound(kind="category", id=category_id)
    return category


async def _check_parent(tx: Tx, scope: Scope, *, brand_id: int, parent_id: int | None, category_id: int | None) -> None:
    if parent_id is None:
        return
    parent = await _own(tx, scope, parent_id)
    inside = [] if category_id is None else await categories_within(tx, category_id=category_id)
    if parent.brand_id != brand_id or parent_id in inside:
        raise Invalid(errors=[FieldError("/parent_id", "reference", _NO_PARENT)])
