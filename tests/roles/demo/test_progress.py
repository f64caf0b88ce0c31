"""Progress is told in a terminal by a bar, elsewhere by a line at every tenth."""

from io import StringIO

from rich.console import Console

from lingqu.roles.demo.progress import progress


def told(*, is_terminal: bool, total: int) -> str:
    out = StringIO()
    console = Console(file=out, force_terminal=is_terminal, width=100)
    with progress("Trading days", total=total, console=console) as step:
        for _ in range(total):
            step()
    return out.getvalue()


def test_a_log_gets_a_line_at_every_tenth() -> None:
    lines = told(is_terminal=False, total=56).splitlines()
    assert len(lines) == 10
    assert lines[0] == "Trading days: 6 of 56 (10 %)"
    assert lines[-1] == "Trading days: 56 of 56 (100 %)"


def test_few_parts_give_a_line_each() -> None:
    assert told(is_terminal=False, total=3).splitlines() == [
        "Trading days: 1 of 3 (33 %)",
        "Trading days: 2 of 3 (66 %)",
        "Trading days: 3 of 3 (100 %)",
    ]


def test_a_terminal_gets_a_bar_with_count_and_percent() -> None:
    shown = told(is_terminal=True, total=4)
    assert "Trading days" in shown
    assert "4/4" in shown
    assert "100%" in shown
