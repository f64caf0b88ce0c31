"""How an organization came to its status: the application with its decisions, and every step."""

from datetime import datetime

from msgspec import Struct

from lingqu.kernel.scope import Scope
from lingqu.modules.approval.api import Request, find_request
from lingqu.modules.network.ask import APPROVAL
from lingqu.modules.network.organizations import read_organization
from lingqu.modules.network.types import Status
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)


class TakenStep(Struct, frozen=True, kw_only=True):
    """One step of an organization's life."""

    id: int
    name: str
    from_status: Status
    to_status: Status
    actor_name: str
    reason: str
    taken_at: datetime


class History(Struct, frozen=True, kw_only=True):
    """The application, if there was one, and the steps, the first one first."""

    application: Request | None
    steps: list[TakenStep]


async def read_history(tx: Tx, *, scope: Scope, organization_id: int) -> History:
    """Read the history of one organization.

    Raises: NotFound.
    """
    await read_organization(tx, scope=scope, organization_id=organization_id)
    return History(
        application=await find_request(tx, kind=APPROVAL, object_id=organization_id),
        steps=await tx.all(SQL["find_steps"], TakenStep, organization_id=organization_id),
    )
