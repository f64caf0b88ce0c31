"""The logins of the demo. Everybody knows them, so they exist only where `runtime.installation.is_demo`."""

from uuid import UUID

from msgspec import Struct

from lingqu.modules.identity.api import find_login, open_session
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements("lingqu.roles")

PASSWORD = "lingqu-demo"  # noqa: S105 - public on purpose, see above


class Login(Struct, frozen=True, kw_only=True):
    """A way in, as `lingqu logins --json` prints it."""

    role: str
    login: str
    password: str
    token: str


# Whose login stands for which of the product's roles.
LOGINS = {
    "operator": "operator",
    "brand": "brand",
    "supplier": "supplier",
    "distributor": "distributor",
    "dealer": "dealer",
}


class NotADemo(Exception):
    """The installation is a real one: it has no logins that anybody may be told."""


async def is_demo(tx: Tx) -> bool:
    """Tell whether this installation is a demo."""
    return await tx.value(SQL["is_demo"], bool)


async def demo_logins(tx: Tx) -> list[Login]:
    """Open a session for each login and give all of them.

    Raises: NotADemo.
    """
    if not await is_demo(tx):
        raise NotADemo
    return [await _login(tx, role, login) for role, login in LOGINS.items()]


async def _login(tx: Tx, role: str, login: str) -> Login:
    user_id, party_id = await _found(tx, login)
    session = await open_session(tx, user_id=user_id, party_id=party_id, user_agent="lingqu logins")
    return Login(role=role, login=login, password=PASSWORD, token=session.token)


async def _found(tx: Tx, login: str) -> tuple[int, UUID]:
    found = await find_login(tx, login=login)
    assert found is not None, f"the demo made {login}"  # noqa: S101 - a bug, not a "no"
    return found
