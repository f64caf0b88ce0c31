"""Keep a released schema with its data, so that every later version is tested to come from it.

`make release NAME=0.1.0` fills a database of its own with the world of the access matrix and dumps it into
tests/migrations/released/NAME. Do it once for each version that people install, on a clean checkout: the commit is
noted, and the test runs that program again.
"""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from lingqu.runtime.db import Database
from lingqu.runtime.objects import Objects
from tests.access.cases import build_made
from tests.access.world import PASSWORD, build
from tools.released import RELEASED, ROOT, keep
from tools.schema_doc import own_database


async def fill(url: str) -> None:
    """Fill a database with one of each thing that the modules know, for two branches of one brand."""
    database = Database(url)
    await database.open()
    try:
        with tempfile.TemporaryDirectory() as folder:  # what files hold is no part of a schema
            async with database.begin() as tx:
                world = await build(tx)
                world.made["objects", "store"] = Objects(Path(folder), is_durable=False)
                await build_made(tx, world)
                tx.actor = None
    finally:
        await database.close()


def main() -> None:
    """Keep a filled database under the name given."""
    (name,) = sys.argv[1:]
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    with own_database() as url:
        asyncio.run(fill(url))
        keep(url, RELEASED / name, commit=commit.strip(), login="platform-manager", password=PASSWORD)
    print(f"kept {RELEASED.relative_to(ROOT) / name}; add it to git")


if __name__ == "__main__":
    main()
