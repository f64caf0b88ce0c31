"""Register members, and enrol those who are members already."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from lingqu.kernel.errors import NotFound, Refusal, Stale, Words
from lingqu.kernel.ids import uuid7
from lingqu.kernel.scope import Scope
from lingqu.modules.membership.events import MemberEnrolled, MemberRegistered
from lingqu.modules.membership.members import read_member
from lingqu.modules.membership.phone import normalise_phone
from lingqu.modules.membership.types import Member, Name, NewMember, Phone
from lingqu.modules.network.api import organization_terms
from lingqu.runtime.cells import cell_count, cell_of
from lingqu.runtime.search import search_keys, sort_key
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class PhoneTaken(Refusal):
    """The number belongs to a member already."""

    code = "membership.phone-taken"
    status = 409
    title = Words("Is a member already", "已是会员")
    detail = Words(
        "A member with this number exists. Enrol it here instead.", "该手机号已注册会员，请直接将其加入本店会员。"
    )


class Registration(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who becomes a member."""

    phone: Phone
    name: Name


class Enrolment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which member comes to the caller's organization."""

    phone: Phone


class MemberEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be changed of a member."""

    name: Name


async def register(tx: Tx, *, scope: Scope, registration: Registration) -> Member:
    """Register a member at the caller's organization.

    Raises: Invalid for a phone that is none; PhoneTaken.
    """
    phone = await _phone(tx, scope, registration.phone)
    new = NewMember(phone=phone, name=registration.name, organization_id=scope.organization_id)
    ((_, member_id),) = await add_members(tx, members=[new])
    member = await read_member(tx, scope=scope, member_id=member_id)
    tx.record("member", member_id, after=member)
    return member


async def add_members(tx: Tx, *, members: Sequence[NewMember]) -> list[tuple[int, UUID]]:
    """Register many members, set-based: also for imports and the demo.

    Shapes: (cell, id) per member, in the order given.
    Raises: PhoneTaken if one of the numbers belongs to a member already.
    """
    count = await cell_count(tx)
    made = [(cell_of(new.phone.encode(), count), uuid7(at=tx.now)) for new in members]
    by_cell: dict[int, list[tuple[UUID, NewMember]]] = defaultdict(list)
    for (cell_id, member_id), new in zip(made, members, strict=True):
        by_cell[cell_id].append((member_id, new))
    for cell_id in sorted(by_cell):
        group = sorted(by_cell[cell_id], key=lambda pair: pair[1].phone)
        inserted = await tx.run(
            SQL["insert_members"],
            cell_id=cell_id,
            id=[member_id for member_id, _ in group],
            code=[code_of(member_id) for member_id, _ in group],
            phone=[new.phone for _, new in group],
            name=[new.name for _, new in group],
            organization_id=[new.organization_id for _, new in group],
            sort_key=[sort_key(new.name) for _, new in group],
            search=[" ".join(search_keys(new.name, code_of(member_id))) for member_id, new in group],
            now=tx.now,
        )
        if inserted != len(group):
            raise PhoneTaken
        await tx.run(
            SQL["insert_enrolments"],
            cell_id=cell_id,
            member_id=[member_id for member_id, _ in group],
            organization_id=[new.organization_id for _, new in group],
            now=tx.now,
            user_id=None if tx.actor is None else tx.actor.user_id,
        )
        for member_id, new in group:
            tx.emit(MemberRegistered(member_id=member_id, organization_id=new.organization_id), cell_id=cell_id)
    return made


async def enrol(tx: Tx, *, scope: Scope, enrolment: Enrolment) -> Member:
    """Make a member known to the caller's organization; one who is already stays so.

    Raises: Invalid for a phone that is none; NotFound if nobody registered with it.
    """
    phone = await _phone(tx, scope, enrolment.phone)
    cell_id = cell_of(phone.encode(), await cell_count(tx))
    found = await tx.values(SQL["find_by_phone"], UUID, cell_id=cell_id, phone=phone)
    if not found:
        raise NotFound(kind="member", id=phone)
    (member_id,) = found
    is_new = await tx.run(
        SQL["insert_enrolments"],
        cell_id=cell_id,
        member_id=[member_id],
        organization_id=[scope.organization_id],
        now=tx.now,
        user_id=scope.actor.user_id,
    )
    member = await read_member(tx, scope=scope, member_id=member_id)
    tx.record("member-enrolment", member_id, after={"organization_id": scope.organization_id, "member": member})
    if is_new:
        tx.emit(MemberEnrolled(member_id=member_id, organization_id=scope.organization_id), cell_id=cell_id)
    return member


async def rename_member(tx: Tx, *, scope: Scope, member_id: UUID, edit: MemberEdit, if_match: int) -> Member:
    """Change a member's name.

    Raises: NotFound for a member who is not enrolled in the caller's tree; Stale.
    """
    before = await read_member(tx, scope=scope, member_id=member_id)
    changed = await tx.run(
        SQL["rename_member"],
        cell_id=before.cell_id,
        id=member_id,
        version=if_match,
        name=edit.name,
        sort_key=sort_key(edit.name),
        search=search_keys(edit.name, before.code),
    )
    if not changed:
        raise Stale(kind="member")
    after = await read_member(tx, scope=scope, member_id=member_id)
    tx.record("member", member_id, before=before, after=after)
    return after


def code_of(member_id: UUID) -> str:
    """Derive a member's card number: M and 12 digits.

    Source: SHA-256 of the id.
    """
    number = int.from_bytes(hashlib.sha256(member_id.bytes).digest()[:8], "big")
    return f"M{number % 10**12:012d}"


async def _phone(tx: Tx, scope: Scope, text: str) -> str:
    terms = await organization_terms(tx, organization_ids=[scope.organization_id])
    return normalise_phone(text, currency=terms[scope.organization_id].currency)
