"""Checks of the books: statements that must find nothing, declared by the module whose invariant they prove."""

from collections.abc import Sequence

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.runtime.sql import Statement
from lingqu.runtime.tx import Tx


class Check(Struct, frozen=True):
    """One invariant. ``name`` reads ``<module>.<claim>``, such as ``stock.on-hand-is-the-sum-of-moves``.

    ``statement`` takes no parameter and returns a row (cell_id, count) for each cell with violations, and none where
    the claim holds. One statement sees one snapshot, so it may run while orders flow. ``words`` say the claim.
    """

    name: str
    statement: Statement
    words: Words


class Finding(Struct, frozen=True):
    """How one check went; ``by_cell`` are (cell, violations) pairs."""

    check: Check
    by_cell: tuple[tuple[int, int], ...]

    @property
    def violation_count(self) -> int:
        """Sum the violations over all cells."""
        return sum(count for _, count in self.by_cell)


async def run_checks(tx: Tx, checks: Sequence[Check]) -> list[Finding]:
    """Run every check, in the order given.

    Shapes: one finding per check.
    """
    return [
        Finding(check, tuple([(cell, count) for cell, count in await tx.tuples(check.statement)])) for check in checks
    ]
