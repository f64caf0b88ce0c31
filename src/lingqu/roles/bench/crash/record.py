"""What the clients of a campaign know: every key they sent, and what was answered to it."""

from uuid import UUID

from msgspec import Struct, field

from lingqu.kernel.ids import derived_id
from lingqu.modules.network.api import AddedOrganization


class Record(Struct):
    """Kept outside the product. ``in_flight`` counts the requests that wait for an answer now."""

    sent: dict[str, UUID] = field(default_factory=dict)
    """Every key of an order, with the id that the product must give it."""
    acknowledged: dict[str, UUID] = field(default_factory=dict)
    """The keys that were answered with an order, and which."""
    refused: set[str] = field(default_factory=set)
    """The keys that were answered with a no."""
    steps: list[tuple[UUID, str]] = field(default_factory=list)
    """Steps of orders that were answered."""
    transfers: list[UUID] = field(default_factory=list)
    """Transfers whose request was answered; each was asked for until it was."""
    arrived: list[UUID] = field(default_factory=list)
    """Transfers whose last receipt was answered."""
    in_flight: int = 0
    answered: int = 0
    failed: int = 0
    is_over: bool = False

    def send(self, key: str, *, buyer: AddedOrganization, seller: AddedOrganization) -> None:
        """Note a key before it is sent."""
        self.sent[key] = derived_id(actor=f"{buyer.party_id}/{seller.id}", key=UUID(key))

    @property
    def unanswered(self) -> set[str]:
        """Name the keys whose sender gave up: nobody knows whether these orders stand."""
        return self.sent.keys() - self.acknowledged.keys() - self.refused
