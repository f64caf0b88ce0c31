"""The refusals that granting a territory and dividing it share."""

from collections.abc import Iterable
from typing import ClassVar

from msgspec import Struct

from lingqu.kernel.errors import FieldError, Refusal, Words
from lingqu.kernel.scope import Scope

_HELD = Words("{region_en} ({region_zh}) is held by {holder}.", "{region_zh}（{region_en}）已由 {holder} 负责。")
_HELD_BY_SOMEBODY = Words(
    "{region_en} ({region_zh}) is held by another organization.", "{region_zh}（{region_en}）已由其他组织负责。"
)


class Held(Struct, frozen=True):
    """A county that is not free, and whose it is."""

    region_id: int
    region_zh: str
    region_en: str
    holder_id: int
    holder: str


class Overlaps(Refusal):
    """Some of the counties have somebody in that time already."""

    code = "territory.overlaps"
    status: ClassVar[int] = 409
    title = Words("Counties taken", "区县已被占用")
    detail = Words(
        "{taken} of the counties are taken in that time; nothing was stored.",
        "{taken} 个区县在该时段已被占用，未保存任何数据。",
    )


class NoCounties(Refusal):
    """The regions named have no county."""

    code = "territory.no-counties"
    status: ClassVar[int] = 422
    title = Words("No county among these regions", "所选地区不含区县")


class WrongKind(Refusal):
    """Territories belong to distributors, areas to dealers."""

    code = "territory.wrong-kind"
    status: ClassVar[int] = 422
    title = Words("Not for this kind of organization", "该组织类型不适用")
    detail = Words(
        "This is given to a {wanted}; organization {id} is a {kind}.", "该权利只授予 {wanted}；组织 {id} 为 {kind}。"
    )


def overlaps(held: Iterable[Held], *, scope: Scope) -> Overlaps:
    """Name the counties that are taken; their holders only to who may see those."""
    errors = [_taken(one, scope) for one in held]
    return Overlaps(errors=errors, taken=len(errors))


def _taken(held: Held, scope: Scope) -> FieldError:
    facts = {"region_id": held.region_id, "region_zh": held.region_zh, "region_en": held.region_en}
    if scope.sees(held.holder_id):
        return FieldError("/region_ids", "held", _HELD, {**facts, "holder": held.holder, "holder_id": held.holder_id})
    return FieldError("/region_ids", "held", _HELD_BY_SOMEBODY, facts)
