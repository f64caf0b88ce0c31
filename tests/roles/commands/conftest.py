from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.roles.commands.operator_desk import Operator


@pytest.fixture
def new_operator() -> Iterator[Callable[[], Operator]]:
    with ExitStack() as leaving:

        def make() -> Operator:
            operator = Operator()
            leaving.callback(operator.leave)
            return operator

        yield make


@pytest.fixture
def lingqu(new_operator: Callable[[], Operator]) -> Operator:
    return new_operator()
