"""Members: registered once, known where they enrolled, with points that lie in the ledger."""

from types import SimpleNamespace

import msgspec
import pytest

from lingqu.kernel.errors import Invalid, NotFound, Stale
from lingqu.kernel.scope import Actor, Scope
from lingqu.modules.ledger.api import CHECKS
from lingqu.modules.membership.api import Award, NewMember, add_members, award_points, normalise_phone
from lingqu.modules.membership.list_points import list_points
from lingqu.modules.membership.members import MemberQuery, list_members, read_member
from lingqu.modules.membership.points import PointsAdjustment, TooFewPoints, adjust_points
from lingqu.modules.membership.register import (
    Enrolment,
    MemberEdit,
    PhoneTaken,
    Registration,
    enrol,
    register,
    rename_member,
)
from lingqu.modules.network.api import AddedOrganization, Kind, NewOrganization, add_organizations
from lingqu.runtime.audit import masked
from lingqu.runtime.check import run_checks
from lingqu.runtime.paging import ListQuery
from lingqu.runtime.tx import Tx

PHONES = [f"138001380{number:02d}" for number in range(8)]


def scope_of(*organizations: AddedOrganization) -> Scope:
    first = organizations[0]
    return Scope(
        actor=Actor(first.party_id, 7, "sales"),
        organization_id=first.id,
        party_id=first.party_id,
        cell_id=first.home_cell,
        organization_ids=tuple(one.id for one in organizations),
        party_ids=tuple(one.party_id for one in organizations),
        cell_ids=(0, 1, 2, 3),
        permissions=frozenset({"membership.read", "membership.edit", "membership.points"}),
    )


@pytest.fixture
async def shops(tx: Tx) -> SimpleNamespace:
    """A brand in cell 0 with a distributor and two dealers below it."""
    (brand,) = await add_organizations(
        tx, organizations=[NewOrganization(kind=Kind.BRAND, code="BRAND", name="品牌", home_cell=0)]
    )
    one, two = await add_organizations(
        tx,
        organizations=[
            NewOrganization(kind=Kind.DEALER, code=code, name=code, parent_id=brand.id, home_cell=cell)
            for code, cell in (("ONE", 1), ("TWO", 2))
        ],
    )
    return SimpleNamespace(
        brand=scope_of(brand, one, two), one=scope_of(one), two=scope_of(two), one_id=one.id, two_id=two.id
    )


async def phones(tx: Tx, scope: Scope, **query: str) -> list[str]:
    return sorted(member.phone for member in (await list_members(tx, scope=scope, query=MemberQuery(**query))).items)


async def test_a_member_is_found_by_phone_name_initials_and_code(tx: Tx, shops: SimpleNamespace) -> None:
    made = await register(tx, scope=shops.one, registration=Registration(phone="138 0013-8000", name="王芳"))

    assert (made.phone, made.points, made.registered_by) == ("+8613800138000", 0, shops.one_id)
    for query in ({"phone": "+86 138 0013 8000"}, {"q": "王芳"}, {"q": "wf"}, {"q": made.code}):
        assert await phones(tx, shops.one, **query) == [made.phone]
    assert await phones(tx, shops.one, q="李") == []
    assert await phones(tx, shops.brand) == [made.phone]


async def test_a_number_belongs_to_one_member(tx: Tx, shops: SimpleNamespace) -> None:
    await register(tx, scope=shops.one, registration=Registration(phone=PHONES[0], name="王芳"))

    with pytest.raises(PhoneTaken):
        await register(tx, scope=shops.two, registration=Registration(phone=f"0086{PHONES[0]}", name="王芳"))
    with pytest.raises(Invalid):
        await register(tx, scope=shops.two, registration=Registration(phone="12345", name="王芳"))


async def test_a_member_is_known_only_where_it_enrolled(tx: Tx, shops: SimpleNamespace) -> None:
    made = await register(tx, scope=shops.one, registration=Registration(phone=PHONES[0], name="王芳"))
    with pytest.raises(NotFound):
        await read_member(tx, scope=shops.two, member_id=made.id)
    assert await phones(tx, shops.two, phone=PHONES[0]) == []

    for _ in range(2):
        assert (await enrol(tx, scope=shops.two, enrolment=Enrolment(phone=PHONES[0]))).id == made.id
    assert await phones(tx, shops.two) == [made.phone]
    assert [type(event).__name__ for _, event in tx.events] == ["MemberRegistered", "MemberEnrolled"]
    with pytest.raises(NotFound):
        await enrol(tx, scope=shops.two, enrolment=Enrolment(phone=PHONES[1]))


async def test_phones_are_masked_for_others_and_in_the_audit(tx: Tx, shops: SimpleNamespace) -> None:
    made = await register(tx, scope=shops.one, registration=Registration(phone=PHONES[0], name="王芳"))
    viewer = msgspec.structs.replace(shops.one, permissions=frozenset({"membership.read"}))

    assert (await read_member(tx, scope=viewer, member_id=made.id)).phone == "+86*********00"
    assert await phones(tx, viewer) == ["+86*********00"]
    (change,) = [change for change in tx.changes if change.kind == "member"]
    assert masked(msgspec.to_builtins(change.after))["phone"] == "+86*********00"


async def test_a_member_is_renamed_by_one_at_a_time(tx: Tx, shops: SimpleNamespace) -> None:
    made = await register(tx, scope=shops.one, registration=Registration(phone=PHONES[0], name="王芳"))

    after = await rename_member(
        tx, scope=shops.one, member_id=made.id, edit=MemberEdit(name="李娜"), if_match=made.version
    )
    assert await phones(tx, shops.one, q="ln") == [made.phone]
    assert await phones(tx, shops.one, q="王芳") == []
    with pytest.raises(Stale):
        await rename_member(
            tx, scope=shops.one, member_id=made.id, edit=MemberEdit(name="x"), if_match=after.version - 1
        )


async def test_points_come_and_go_and_every_cell_balances(tx: Tx, shops: SimpleNamespace) -> None:
    """Eight members fall into several cells; the program's books lie in cell 0."""
    for phone in PHONES:
        made = await register(tx, scope=shops.one, registration=Registration(phone=phone, name="王芳"))
        given = await adjust_points(
            tx, scope=shops.one, member_id=made.id, adjustment=PointsAdjustment(points=30, reason="welcome")
        )
        taken = await adjust_points(
            tx, scope=shops.one, member_id=made.id, adjustment=PointsAdjustment(points=-20, reason="gift")
        )
        assert (given.points, taken.points) == (30, 10)
        with pytest.raises(TooFewPoints) as refused:
            await adjust_points(
                tx, scope=shops.one, member_id=made.id, adjustment=PointsAdjustment(points=-11, reason="gift")
            )
        assert refused.value.facts == {"points": 10}
        history = (await list_points(tx, scope=shops.one, member_id=made.id, query=ListQuery())).items
        assert sorted((line.points, line.memo) for line in history) == [(-20, "gift"), (30, "welcome")]

    assert [finding.check.name for finding in await run_checks(tx, CHECKS) if finding.by_cell] == []
    cells = await tx.connection.execute("select count(distinct cell_id) from membership.member")
    assert (await cells.fetchone() or (0,))[0] > 1
    with pytest.raises(Invalid):
        await adjust_points(
            tx, scope=shops.one, member_id=made.id, adjustment=PointsAdjustment(points=0, reason="none")
        )


async def test_many_register_and_earn_at_once(tx: Tx, shops: SimpleNamespace) -> None:
    new = [
        NewMember(phone=normalise_phone(phone, currency="CNY"), name="王芳", organization_id=shops.one_id)
        for phone in PHONES
    ]
    made = await add_members(tx, members=new)
    await award_points(
        tx,
        awards=[
            Award(
                member_id=member_id,
                cell_id=cell_id,
                organization_id=shops.two_id,
                points=number,
                document_kind="order",
                document_id=member_id,
            )
            for number, (cell_id, member_id) in enumerate(made)
        ],
    )

    points = {m.id: m.points for m in (await list_members(tx, scope=shops.brand, query=MemberQuery())).items}
    assert points == {member_id: number for number, (_, member_id) in enumerate(made)}
    with pytest.raises(PhoneTaken):
        await add_members(tx, members=new[:1])


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("13800138000", "CNY", "+8613800138000"),
        ("(515) 555-0123", "USD", "+15155550123"),
        ("+44 20 7946 0958", "CNY", "+442079460958"),
        ("008613800138000", "USD", "+8613800138000"),
    ],
)
def test_a_phone_has_one_spelling(text: str, currency: str, expected: str) -> None:
    assert normalise_phone(text, currency=currency) == expected


@pytest.mark.parametrize("text", ["1380013800", "138001380000", "+0123456789", "phone", "23800138000"])
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        normalise_phone(text, currency="CNY")
