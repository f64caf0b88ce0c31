"""What membership hands to others."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Phone = Annotated[str, Meta(min_length=5, max_length=40)]


class NewMember(Struct, frozen=True, kw_only=True):
    """A member to be registered by an organization. ``phone`` is E.164 already."""

    phone: str
    name: str
    organization_id: int


class Member(Struct, frozen=True, kw_only=True):
    """A member; the phone is masked for who may not edit members. ``points`` is what may be redeemed."""

    id: UUID
    cell_id: int
    code: str
    phone: str
    name: str
    status: str
    registered_by: int
    registered_by_name: str
    registered_at: datetime
    points: int
    version: int


class Program(Struct, frozen=True, kw_only=True):
    """Who stands behind the points: the organization at the top of the tree."""

    organization_id: int
    party_id: UUID
    home_cell: int
    time_zone: str


class Award(Struct, frozen=True, kw_only=True):
    """Points for a member, or, below zero, taken from it, because of a document of an organization."""

    member_id: UUID
    cell_id: int
    organization_id: int
    points: int
    document_kind: str
    document_id: UUID
    memo: str = ""
