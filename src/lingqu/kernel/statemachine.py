"""StateMachine: which step leads from where to where. The move itself is a compare-and-set in the caller's SQL."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

from lingqu.kernel.errors import Refusal, Words

State = TypeVar("State", bound=StrEnum)


class WrongState(Refusal):
    """The step is not possible from the present state."""

    code = "common.wrong-state"
    status = 409
    title = Words("Not possible in this state", "当前状态不允许该操作")
    detail = Words(
        "{kind} {id} is {state}; the step {step} is possible from: {possible}.",
        "{kind} {id} 当前为 {state}；操作 {step} 仅可在以下状态进行：{possible}。",
    )


class StateMachine(Struct, Generic[State], frozen=True):
    """``steps`` maps a step's name to the states it starts from and the state it reaches."""

    kind: str
    steps: Mapping[str, tuple[frozenset[State], State]]

    def target(self, step: str, state: State, *, id: object) -> State:  # noqa: A002 - the noun of the refusal
        """Find the state that ``step`` reaches from ``state``.

        Raises: WrongState if the step cannot be taken; KeyError for a step that does not exist (a bug).
        """
        sources, target = self.steps[step]
        if state not in sources:
            possible = ", ".join(sorted(s.value for s in sources))
            raise WrongState(kind=self.kind, id=str(id), state=state.value, step=step, possible=possible)
        return target

    def steps_from(self, state: State) -> list[str]:
        """Name the steps that can be taken now, for buttons and the API's ``actions``."""
        return sorted(name for name, (sources, _) in self.steps.items() if state in sources)
