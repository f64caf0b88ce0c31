"""Facts that network publishes."""

from typing import ClassVar

from lingqu.kernel.event import Event


class OrganizationApplied(Event, frozen=True, kw_only=True):
    """Somebody applied for a new organization."""

    subject: ClassVar[str] = "network.organization-applied.v1"
    organization_id: int
    kind: str
    parent_id: int | None


class OrganizationMoved(Event, frozen=True, kw_only=True):
    """An organization went from one status to the next."""

    subject: ClassVar[str] = "network.organization-moved.v1"
    organization_id: int
    step: str
    from_status: str
    to_status: str


class OrganizationEdited(Event, frozen=True, kw_only=True):
    """Fields of an organization changed."""

    subject: ClassVar[str] = "network.organization-edited.v1"
    organization_id: int
    fields: list[str]


class LinkChanged(Event, frozen=True, kw_only=True):
    """A trade link was made, or its terms or grants changed."""

    subject: ClassVar[str] = "network.link-changed.v1"
    link_id: int
    seller_id: int
    buyer_id: int


class LinkProposed(Event, frozen=True, kw_only=True):
    """One side proposed a trade link to the other."""

    subject: ClassVar[str] = "network.link-proposed.v1"
    proposal_id: int
    proposer_id: int
    seller_id: int
    buyer_id: int


class LinkProposalEnded(Event, frozen=True, kw_only=True):
    """A proposed trade link was accepted, declined, withdrawn, or nobody answered in time."""

    subject: ClassVar[str] = "network.link-proposal-ended.v1"
    proposal_id: int
    seller_id: int
    buyer_id: int
    state: str


class NodeChanged(Event, frozen=True, kw_only=True):
    """A node was made or changed."""

    subject: ClassVar[str] = "network.node-changed.v1"
    node_id: int
    organization_id: int
