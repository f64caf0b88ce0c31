"""`lingqu verify`: prove the books."""

import asyncio
import sys
from collections.abc import Sequence

import rich_click as click
from msgspec import json
from rich.console import Console
from rich.table import Column, Table

from lingqu.roles.installation import Installation
from lingqu.roles.modules import ALL
from lingqu.runtime.check import Check, Finding, run_checks
from lingqu.runtime.db import Database


@click.command()
def verify() -> None:
    """Run every check of every module; exits 1 on a violation. May run while orders flow."""
    installation = Installation.find()
    installation.require_init()
    with installation.engines.database() as url:
        findings = asyncio.run(prove(url, [check for module in ALL for check in module.checks]))
    _print(findings)
    is_ok = not any(finding.violation_count for finding in findings)
    counts = {finding.check.name: finding.violation_count for finding in findings}
    click.echo(json.encode({"ok": is_ok, "checks": counts}).decode())
    sys.exit(0 if is_ok else 1)


async def prove(url: str, checks: Sequence[Check]) -> list[Finding]:
    """Run the checks on a database, each as long as it needs."""
    database = Database(url, size=1, statement_timeout_ms=0)
    await database.open()
    try:
        async with database.begin() as tx:
            return await run_checks(tx, checks)
    finally:
        await database.close()


def _print(findings: Sequence[Finding]) -> None:
    table = Table("", Column("check", no_wrap=True), "claim", "wrong in cell", box=None, pad_edge=False)
    for finding in findings:
        table.add_row(
            "ok" if not finding.by_cell else "NO",
            finding.check.name,
            finding.check.words.en,
            ", ".join(f"{cell}: {count}" for cell, count in finding.by_cell),
        )
    Console().print(table)
