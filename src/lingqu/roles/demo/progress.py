"""Show how far a long work is: a bar in a terminal, a line at every tenth where there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

_STEPS = 10
Step = Callable[[], None]


@contextmanager
def progress(words: str, *, total: int, console: Console | None = None) -> Iterator[Step]:
    """Give a function to be called after each of ``total`` parts."""
    out = console or Console()
    if not out.is_terminal:
        yield _lines(out, words, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TaskProgressColumn())
    with Progress(*columns, TimeRemainingColumn(), console=out) as bar:
        task = bar.add_task(words, total=total)
        yield lambda: bar.advance(task)


def _lines(out: Console, words: str, total: int) -> Step:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done * _STEPS // total > (done - 1) * _STEPS // total:
            out.print(f"{words}: {done} of {total} ({done * 100 // total} %)")

    return step
