"""A new PostgreSQL data folder: complete, with its role and database, or not there at all."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from lingqu.runtime.engines.account import Account, hand_over, owner_uid
from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.home import write_private

ADMIN = "postgres"
APPLICATION = "lingqu"
# No variable of the caller (PGDATA, PGOPTIONS, a locale that is not installed) may reach the server.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def make_cluster(
    programs: Path,
    data: Path,
    *,
    account: Account | None,
    admin_password: str,
    application_password: str,
    is_durable: bool,
) -> None:
    """Run initdb beside the data folder, make the application's role and database, and move the whole into place.

    Raises: CannotRun with PostgreSQL's own words, or if the account has no name (initdb asks for one).
    """
    _check_name(account)
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    password_file = data.with_name("password")
    write_private(password_file, admin_password)
    hand_over(password_file, account)
    draft.mkdir(mode=0o700)
    hand_over(draft, account)
    try:
        _run(
            [
                str(programs / "initdb"),
                f"--pgdata={draft}",
                f"--username={ADMIN}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                # Built in: the same order of text on every machine, whatever locales it has installed.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *([] if is_durable else ["--no-sync"]),
            ],
            account,
        )
    finally:
        password_file.unlink()
    _run(
        [str(programs / "postgres"), "--single", "-D", str(draft), "-c", "exit_on_error=true", ADMIN],
        account,
        statements=(
            f"create role {APPLICATION} login createdb password '{application_password}'",
            f"grant pg_monitor, pg_signal_backend to {APPLICATION}",
            f"create database {APPLICATION} owner {APPLICATION}",
        ),
    )
    draft.rename(data)


def _check_name(account: Account | None) -> None:
    uid = owner_uid(account)
    try:
        pwd.getpwuid(uid)
    except KeyError:
        raise CannotRun(
            f"Account {uid} has no name on this machine, which PostgreSQL's installer needs. Add it to /etc/passwd, "
            "or give your own server in LINGQU_DATABASE_URL."
        ) from None


def _run(command: list[str], account: Account | None, *, statements: tuple[str, ...] = ()) -> None:
    attempt = subprocess.run(
        command,
        env=ENVIRONMENT,
        user=None if account is None else account.uid,
        group=None if account is None else account.gid,
        extra_groups=None if account is None else [],
        cwd="/",
        input="".join(f"{statement}\n" for statement in statements),
        text=True,
        check=False,
        capture_output=True,
    )
    if attempt.returncode != 0:
        raise CannotRun(f"PostgreSQL could not be installed:\n{attempt.stderr.strip() or attempt.stdout.strip()}")
