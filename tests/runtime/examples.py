"""Examples drawn outside of Hypothesis's own loop, which cannot wait for a database on ours."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def examples(some: st.SearchStrategy[Any]) -> list[Any]:
    """Draw sixty."""
    drawn: list[Any] = []

    @settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck))
    @given(some)
    def draw(value: Any) -> None:
        drawn.append(value)

    draw()
    return drawn
