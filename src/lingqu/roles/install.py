"""What `lingqu init` does to a database once it answers."""

from collections.abc import Callable, Sequence

import psycopg

from lingqu.kernel.clock import system_clock
from lingqu.modules.identity.api import load_regions, set_built_in_roles, set_permissions
from lingqu.roles.built_in_roles import built_in_roles
from lingqu.roles.modules import ALL, migrations
from lingqu.roles.transaction import in_transaction
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.migrate import Edited, migrate
from lingqu.runtime.tx import Tx

_DEFAULT_CELL_COUNT = 4


def initialise(url: str, *, cells: int | None, report: Callable[[str], None]) -> None:
    """Bring the schema to head and fix the number of cells (None: the default, or what it is already).

    Raises: CannotRun if the installation has another number of cells: rows never move between cells by themselves.
    """
    migrate_to_head(url, report=report)
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into runtime.installation (cell_count, installed_at) values (%s, %s) on conflict do nothing",
            (cells or _DEFAULT_CELL_COUNT, system_clock()),
        )
        row = connection.execute("select cell_count from runtime.installation").fetchone()
    if row is not None and cells is not None and row[0] != cells:
        raise CannotRun(f"This installation has {row[0]} cells, which cannot be changed to {cells}.")


def migrate_to_head(url: str, *, report: Callable[[str], None], phases: Sequence[str] = ("expand", "contract")) -> int:
    """Run the migrations that have not run yet and count them; roles and regions follow.

    Raises: CannotRun if one that ran before was edited since.
    """
    try:
        done = migrate(
            url,
            migrations(),
            phases=phases,
            report=lambda migration: report(f"{migration.module}/{migration.name}"),
        )
    except Edited as error:
        raise CannotRun(str(error)) from None
    in_transaction(url, _keep_in_step)
    return len(done)


async def _keep_in_step(tx: Tx) -> None:
    """Bring what this version carries as data to where the schema is."""
    permissions = [permission for module in ALL for permission in module.permissions]
    roles = built_in_roles(permissions)
    await set_permissions(tx, permissions={permission.code: permission.words for permission in permissions})
    await set_built_in_roles(tx, roles=roles)
    await load_regions(tx)
