"""`lingqu replay iowa` in real processes: what it sends, what it says, and that no kill doubles or loses an order."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lingqu.runtime.engines.ports import free_port
from tests.roles.commands.operator_desk import Answer, Operator, failure
from tests.roles.iowa.little_state import Line, sales_of, steady_sales, write_state

FIRST = date(2021, 3, 1)
REAL = Path(__file__).parents[3].parent / "shared" / "data" / "iowa_liquor"
PERIOD = ("--from", "2021-03-01", "--to", "2021-03-09")


@pytest.fixture
def lingqu() -> Iterator[Operator]:
    with ExitStack() as leaving:
        operator = Operator()
        leaving.callback(operator.leave)
        yield operator


@pytest.fixture
def start(lingqu: Operator) -> Callable[[Path], None]:
    """Give what sets up an installation, runs it and imports a folder."""

    def start(folder: Path) -> None:
        assert lingqu("init").returncode == 0
        up = lingqu("up", "--detach", "--port", str(free_port()))
        assert up.returncode == 0, up.stderr
        imported = lingqu("import", "iowa", str(folder))
        assert imported.returncode == 0, imported.stderr

    return start


def facts(answer: Answer) -> dict[str, Any]:
    assert answer.returncode == 0, answer.stdout + answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return told


def query(lingqu: Operator, text: str) -> list[str]:
    return lingqu("db", "shell", "-Atc", text).stdout.split()


def write_sales(path: Path, lines: list[Line]) -> Path:
    sales_of(lines).write_parquet(path)
    return path


def test_invoices_run_through_their_whole_life(lingqu: Operator, start: Callable[[Path], None], tmp_path: Path) -> None:
    lines = steady_sales(FIRST - timedelta(days=28), days=37)
    # Five days into the period store 2001 wants far more than there is, and store 2003 what never was there.
    lines += [
        (FIRST + timedelta(days=4), 2001, "INV-BIG", 1, 101, 500, 4690.0),
        (FIRST + timedelta(days=4), 2003, "INV-NONE", 1, 103, 5, 30.0),
        (FIRST + timedelta(days=4), 4711, "INV-LOST", 1, 101, 5, 46.9),
    ]
    start(write_state(tmp_path))
    write_sales(tmp_path / "sales_2021.parquet", lines)
    told = facts(lingqu("replay", "iowa", *PERIOD))
    # Opening 168 of item 101, 12 a day: on the fifth day 120 are left, 12 go to the day's own order and 108 to the big
    # one of 500; then nothing is left for two days, until 84 come. (In the files' order: both touch the same key.)
    assert {name: told[name] for name in ("lines", "orders", "refused", "refused_lines", "skipped")} == {
        "lines": 29,
        "orders": 19,
        "refused": 1,
        "refused_lines": 1,
        "skipped": 1,
    }
    assert (told["short_lines"], told["short_bottles"]) == (4, 392 + 2 * 12 + 5)
    assert told["seconds"] > 0
    assert Path(told["skipped_file"]).read_text().splitlines()[1] == (
        "sales_2021.parquet,114,INV-LOST line 1,skipped,the store was not imported"
    )
    assert query(
        lingqu, "select distinct status || '/' || fulfilment_status || '/' || payment_status from orders.order"
    ) == ["completed/received/paid"]
    assert query(
        lingqu,
        """select o.business_on || '|' || o.total_minor || '|' || c.code || '|' || o.currency
           from orders.order o join orders.buyer_side b on b.cell_id = o.cell_id and b.order_id = o.id
           join network.organization c on c.id = o.buyer_id where b.po_number = 'INV-028B'""",
    ) == ["2021-03-01|9380|IOWA-2003|USD"]
    assert query(
        lingqu, "select distinct business_on from stock.move where kind = 'receipt' and document_kind = 'supply'"
    ) == ["2021-03-08"]
    verified = lingqu("verify")
    assert verified.returncode == 0, verified.stdout

    again = facts(lingqu("replay", "iowa", *PERIOD))
    assert again == told, "nothing is left to send"
    assert query(lingqu, "select count(*) from orders.order") == ["19"]

    shorter = facts(lingqu("replay", "iowa", "--from", "2021-03-01", "--to", "2021-03-07"))
    # A refusal leaves nothing behind, and of item 103 the delivery of the eighth brought one bottle.
    assert (shorter["orders"], shorter["refused"]) == (16, 0)
    invoices = "select count(*) || '/' || count(distinct po_number) from orders.buyer_side"
    assert query(lingqu, invoices) == ["20/20"], "an invoice is one order, whatever period it comes by"
    assert lingqu("verify").returncode == 0


def test_no_kill_doubles_or_loses_an_order(lingqu: Operator, start: Callable[[Path], None], tmp_path: Path) -> None:
    start(write_state(tmp_path))
    sales = write_sales(tmp_path / "unseen.parquet", steady_sales(FIRST, days=40))
    words = ("replay", "iowa", "--from", "2021-03-01", "--to", "2021-04-09", "--sales", str(sales))
    in_flight = []
    for victim in ("replay", "api", "postgres"):
        pid = 0 if victim == "replay" else pid_of(lingqu, victim)
        with running(lingqu, *words) as replay:
            assert replay.stdout is not None
            for line in replay.stdout:
                if "%" in line:
                    in_flight.append(line)
                    break
            os.kill(pid or replay.pid, signal.SIGKILL)
            if victim == "api":
                replay.kill()  # both at once
            rest = replay.stdout.read()
    assert [line for line in in_flight if "100%" in line] == [], "each was hit while orders flowed"
    assert len(in_flight) == 3
    told = json.loads(rest.splitlines()[-1])
    assert (told["lines"], told["orders"] + told["refused"]) == (120, 80)
    invoices = "select count(*) || '/' || count(distinct po_number) from orders.buyer_side"
    assert query(lingqu, invoices) == [f"{told['orders']}/{told['orders']}"]
    assert query(lingqu, "select count(*) from orders.order where status <> 'completed'") == ["0"]
    openings = "select count(*) from (select distinct document_id from stock.move where kind = 'opening') as d"
    assert query(lingqu, openings) == ["2"]
    deliveries = (
        "select count(*) from (select distinct document_id from stock.move where document_kind = 'supply') as d"
    )
    assert query(lingqu, deliveries) == ["10"], "two distributors, five weeks"
    verified = lingqu("verify")
    assert verified.returncode == 0, verified.stdout


def running(lingqu: Operator, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "lingqu.roles.cli", *words],
        env={**os.environ, "LINGQU_HOME": str(lingqu.home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def pid_of(lingqu: Operator, name: str) -> int:
    told = json.loads(lingqu("status", "--json").stdout)
    return next(int(process["pid"]) for process in told["processes"] if process["name"] == name)


def test_what_a_replay_needs_is_said_with_words(
    lingqu: Operator, start: Callable[[Path], None], tmp_path: Path
) -> None:
    lingqu("init")
    assert "Lingqu does not run" in failure(lingqu("replay", "iowa", *PERIOD))
    start(write_state(tmp_path))
    assert failure(lingqu("replay", "iowa", "--from", "2021-03-02", "--to", "2021-03-01")).endswith(
        "lies before --from."
    )
    assert "has no sales_YEAR.parquet for these days" in failure(lingqu("replay", "iowa", *PERIOD))
    write_sales(tmp_path / "sales_2021.parquet", steady_sales(FIRST, days=2))
    nothing = facts(lingqu("replay", "iowa", "--from", "2021-04-01", "--to", "2021-04-02"))
    assert (nothing["lines"], nothing["orders"]) == (0, 0)


@pytest.mark.skipif(not REAL.is_dir(), reason="data not present: ../shared/data/iowa_liquor")
def test_a_real_day(lingqu: Operator, start: Callable[[Path], None]) -> None:
    start(REAL)
    told = facts(lingqu("replay", "iowa", "--from", "2021-03-01", "--to", "2021-03-01"))
    assert (told["lines"], told["skipped"]) == (8_357, 160)
    assert told["orders"] + told["refused"] == 287
    verified = lingqu("verify")
    assert verified.returncode == 0, verified.stdout
