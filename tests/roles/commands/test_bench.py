"""`lingqu bench` in real processes."""

import json
import tempfile
from pathlib import Path

from lingqu.roles.bench.oversell import Rush
from tests.roles.commands.operator_desk import Operator


def leftovers() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("lingqu-bench-*"))


def test_two_processes_never_sell_more_than_there_is(lingqu: Operator) -> None:
    before = leftovers()
    ended = lingqu("bench", "oversell")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert json.loads(ended.stdout.splitlines()[-1]) == {"accepted": 50, "refused": 150, "errors": 0, "rounds": 1}
    assert leftovers() == before, "the installation it made is gone"
    assert not lingqu.home.exists(), "and the operator's own was not touched"


def test_only_the_exact_outcome_is_right() -> None:
    right = Rush(accepted=50, refused=150, errors={}, connections=[90, 110])
    assert right.is_right
    for wrong in (
        Rush(accepted=51, refused=149, errors={}, connections=[90, 110]),
        Rush(accepted=49, refused=151, errors={}, connections=[90, 110]),
        Rush(accepted=50, refused=149, errors={"common.bug": 1}, connections=[90, 110]),
        Rush(accepted=50, refused=150, errors={}, connections=[200, 0]),
    ):
        assert not wrong.is_right


def test_what_is_placed_over_http_stands_in_the_database(lingqu: Operator) -> None:
    market = ("--dealers", "32", "--skus", "30", "--cells", "2", "--connections", "32")
    ended = lingqu("bench", "orders", "--seconds", "1", *market)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = json.loads(ended.stdout.splitlines()[-1])
    assert told["verified"]
    assert told["orders_per_minute"] > 0


def test_shelves_are_read_while_orders_run(lingqu: Operator) -> None:
    ended = lingqu("bench", "read", "--seconds", "1", "--dealers", "32", "--skus", "30", "--connections", "16")
    told = json.loads(ended.stdout.splitlines()[-1])
    assert told["errors"] == 0, ended.stdout + ended.stderr
    assert told["requests_per_second"] > 0
    assert told["orders_per_minute"] > 0
