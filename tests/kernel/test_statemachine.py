"""A step leads where the table says, or is refused with what would be possible."""

from enum import StrEnum

import pytest

from lingqu.kernel.statemachine import StateMachine, WrongState


class Door(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    LOCKED = "locked"


DOOR = StateMachine(
    kind="door",
    steps={
        "close": (frozenset({Door.OPEN}), Door.CLOSED),
        "open": (frozenset({Door.CLOSED}), Door.OPEN),
        "lock": (frozenset({Door.CLOSED, Door.OPEN}), Door.LOCKED),
    },
)


def test_steps_lead_where_the_table_says() -> None:
    assert DOOR.target("close", Door.OPEN, id=1) is Door.CLOSED
    assert DOOR.target("lock", Door.CLOSED, id=1) is Door.LOCKED
    assert DOOR.steps_from(Door.CLOSED) == ["lock", "open"]
    assert DOOR.steps_from(Door.LOCKED) == []


def test_every_other_step_is_refused_with_what_is_possible() -> None:
    for step in DOOR.steps:
        for state in Door:
            if step not in DOOR.steps_from(state):
                with pytest.raises(WrongState):
                    DOOR.target(step, state, id=1)
    with pytest.raises(WrongState) as refused:
        DOOR.target("lock", Door.LOCKED, id="front")
    assert refused.value.facts == {
        "kind": "door",
        "id": "front",
        "state": "locked",
        "step": "lock",
        "possible": "closed, open",
    }
    assert refused.value.detail is not None
    assert refused.value.detail.say("en", refused.value.facts) == (
        "door front is locked; the step lock is possible from: closed, open."
    )


def test_a_step_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(KeyError):
        DOOR.target("paint", Door.OPEN, id=1)
