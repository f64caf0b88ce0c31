from uuid import uuid4

import pytest

from lingqu.kernel.scope import Actor, Forbidden, Scope


def scope(*, is_whole: bool = False) -> Scope:
    party = uuid4()
    return Scope(Actor(party), 1, party, 0, (1, 2), (party,), (0,), frozenset({"stock.read"}), "dealer", is_whole)


def test_a_permission_is_there_or_refused_by_name() -> None:
    scope().require("stock.read")
    with pytest.raises(Forbidden) as refused:
        scope().require("stock.edit")
    assert refused.value.facts == {"permission": "stock.edit"}


def test_an_organization_sees_its_own_tree_and_the_operator_all() -> None:
    assert scope().sees(2)
    assert not scope().sees(3)
    assert scope(is_whole=True).sees(3)
    assert not scope(is_whole=True).allows("stock.edit"), "to see all is not to do all"
