"""`lingqu import`: load data of others into this installation."""

import asyncio
from pathlib import Path

import rich_click as click

from lingqu.roles.installation import Installation
from lingqu.roles.iowa.left_out import LeftOut, reasons, skipped_count, write_left_out
from lingqu.roles.iowa.run_import import FOLDER, Files, read_files, run_import
from lingqu.roles.transaction import bulk_database
from lingqu.runtime.bookmark import save_bookmark


@click.group("import")
def import_() -> None:
    """Load data of others into this installation."""


@import_.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--left-out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the rows that were left out are written.  [default: iowa/import.csv in the data folder]",
)
def iowa(folder: Path, left_out: Path | None) -> None:
    """Import the stores and products of the State of Iowa from FOLDER; safe to repeat."""
    installation = Installation.find()
    installation.require_init()
    files = read_files(folder)
    result = left_out or installation.home.path / "iowa" / "import.csv"
    with installation.engines.database() as url:
        asyncio.run(_import(url, files, folder))
    write_left_out(result, files.left_out)
    _tell(result, files.left_out)


async def _import(url: str, files: Files, folder: Path) -> None:
    async with bulk_database(url) as database:
        await run_import(database, files=files, report=click.echo)
        # A replay finds its files there unless it is told otherwise.
        await database.run(lambda tx: save_bookmark(tx, cell_id=0, name=FOLDER, state=str(folder.absolute())))


def _tell(result: Path, left_out: list[LeftOut]) -> None:
    for words, count in reasons(left_out):
        click.echo(f"{count:>7} {words}")
    click.echo(f"{skipped_count(left_out)} rows were skipped; {result} names each row with its reason.")
