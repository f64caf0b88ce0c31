"""The tree's revision: a value that changes whenever who sees what does."""

from uuid import UUID

from lingqu.kernel.ids import uuid7
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


async def read_revision(tx: Tx) -> UUID:
    """Read the present revision."""
    return await tx.value(SQL["read_revision"], UUID)


async def renew_revision(tx: Tx) -> None:
    """Void what every process remembers of the tree, from the commit on. The value is random: never one undone."""
    await tx.run(SQL["renew_revision"], value=uuid7(at=tx.now))
