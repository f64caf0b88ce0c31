"""Events go up the module order: whoever listens stands above the publisher, or is the publisher itself."""

import re
from collections import Counter
from collections.abc import Sequence

from lingqu.kernel.event import Event
from lingqu.roles.modules import ALL
from lingqu.runtime.inbox import Consumer
from tests.architecture.house import level_of_schema
from tools.event_docs import events

_SUBJECT = re.compile(r"^(?P<module>[a-z]+)\.[a-z]+(-[a-z]+)*\.v\d+$")


def faults_of_subject(subject: str, module: str) -> list[str]:
    """Tell what is wrong with the name of a fact."""
    match = _SUBJECT.match(subject)
    if match is None:
        return [f"{subject} is not <module>.<fact>.v<N>"]
    return [] if match["module"] == module else [f"{subject} is published by {module}"]


def faults_of_consumers(module: str, consumers: Sequence[Consumer], levels: dict[str, int]) -> list[str]:
    """Tell which subscriptions of a module look up the order, or carry a name that is not its own."""
    found = []
    for consumer in consumers:
        publisher = consumer.event.subject.split(".")[0]
        if publisher != module and levels[publisher] >= levels[module]:
            found.append(f"{consumer.name} listens to {publisher}, which is not below")
        if not consumer.name.startswith(f"{module}."):
            found.append(f"{consumer.name} is not {module}'s")
    return found


def test_every_fact_says_whose_it_is() -> None:
    known = events()
    assert known
    assert not [fault for event in known for fault in faults_of_subject(event.subject, event.__module__.split(".")[-2])]
    assert not [subject for subject, count in Counter(event.subject for event in known).items() if count > 1]


def test_every_fact_is_immutable_and_explained() -> None:
    assert not [event.subject for event in events() if not event.__struct_config__.frozen or not event.__doc__]


def test_listeners_stand_above() -> None:
    levels = level_of_schema()
    assert not [fault for module in ALL for fault in faults_of_consumers(module.name, module.consumers, levels)]


def test_names_of_subscriptions_are_unique() -> None:
    names = Counter(consumer.name for module in ALL for consumer in module.consumers)
    assert not [name for name, count in names.items() if count > 1]


def test_planted_faults_are_found() -> None:
    async def ignore(*_: object) -> None: ...

    placed = type("Placed", (Event,), {"subject": "orders.placed.v1"}, frozen=True)
    levels = {"identity": 1, "stock": 5, "orders": 9}
    assert faults_of_subject("orders.placed.v1", "orders") == []
    assert faults_of_subject("Orders.Placed", "orders") == ["Orders.Placed is not <module>.<fact>.v<N>"]
    assert faults_of_subject("orders.placed.v1", "stock") == ["orders.placed.v1 is published by stock"]
    assert faults_of_consumers("orders", [Consumer("orders.count", placed, ignore)], levels) == []
    assert faults_of_consumers("stock", [Consumer("shop.count", placed, ignore)], levels) == [
        "shop.count listens to orders, which is not below",
        "shop.count is not stock's",
    ]
