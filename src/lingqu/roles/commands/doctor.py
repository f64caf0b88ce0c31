"""`lingqu doctor`: what this machine has and lacks, and what to do about it."""

import sys

import rich_click as click

from lingqu.roles.checkup import CHECKS, Finding
from lingqu.runtime.engines.cannot_run import CannotRun


@click.command()
def doctor() -> None:
    """Check this machine; exits 1 if something must be done."""
    is_well = True
    for name, check in CHECKS.items():
        try:
            finding = check()
        except CannotRun as error:
            finding = Finding(is_ok=False, words=str(error))
        click.echo(f"{'ok  ' if finding.is_ok else 'DO  '}{name}: {finding.words}")
        is_well = is_well and finding.is_ok
    sys.exit(0 if is_well else 1)
