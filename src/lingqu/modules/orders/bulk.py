"""Bulk requests: many items in, one verdict per item out; a refused item never spoils its neighbours."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from msgspec import Meta, Struct

from lingqu.kernel.errors import Refusal

Item = TypeVar("Item")
Done = TypeVar("Done")

MAX_ITEMS = 1000


class Batch(Struct, Generic[Item], frozen=True, forbid_unknown_fields=True):
    """Up to 1,000 items."""

    items: Annotated[list[Item], Meta(min_length=1, max_length=MAX_ITEMS)]


class Refused(Struct, frozen=True):
    """Why one item was refused: the code of the problem and its facts, by field where they have one."""

    code: str
    facts: dict[str, Any]
    errors: list[dict[str, Any]]


class OneVerdict(Struct, Generic[Done], frozen=True):
    """What became of one item: either ``done`` or ``refused``."""

    done: Done | None = None
    refused: Refused | None = None


class Verdicts(Struct, Generic[Done], frozen=True):
    """One verdict per item, in the order given."""

    items: list[OneVerdict[Done]]
    done_count: int
    refused_count: int


def verdicts_of(verdicts: Sequence[Done | Refusal]) -> Verdicts[Done]:
    """Answer a bulk request."""
    items = [OneVerdict[Done](refused=_refused(v)) if isinstance(v, Refusal) else OneVerdict(done=v) for v in verdicts]
    refused = sum(item.refused is not None for item in items)
    return Verdicts(items, len(items) - refused, refused)


def _refused(refusal: Refusal) -> Refused:
    errors = [{"path": error.path, "code": error.code, "facts": error.facts} for error in refusal.errors]
    return Refused(refusal.code, refusal.facts, errors)
