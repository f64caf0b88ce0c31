"""Make the demo's people: a manager in each organization, and the other roles where visitors sign in."""

from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles, hash_password
from lingqu.modules.network.api import Kind
from lingqu.roles.administrator import add_first_administrator
from lingqu.roles.built_in_roles import MANAGER
from lingqu.roles.demo.load.known import Known
from lingqu.roles.demo.logins import LOGINS, PASSWORD
from lingqu.roles.modules import ALL
from lingqu.runtime.tx import Tx

_STAFF = {"sales": "王芳", "warehouse": "刘强", "accountant": "赵敏", "viewer": "孙悦"}


async def add_people(tx: Tx, known: Known) -> None:
    """Make the users; all share the demo's password. Others than the first of a tier are numbered: dealer2, dealer3."""
    await add_first_administrator(tx, login=LOGINS["operator"], password=PASSWORD)
    roles = await find_built_in_roles(tx)
    password_hash = await hash_password(PASSWORD)
    known.permissions = {
        kind: frozenset(right.code for module in ALL for right in module.permissions if kind in right.kinds)
        for kind in Kind
    }

    def user(login: str, name: str, place: int, role: str) -> NewUser:
        return NewUser(
            login=login,
            name=name,
            party_id=known.organizations[place].party_id,
            role_ids=(roles[known.kind(place), role],),
            password_hash=password_hash,
        )

    channel = known.plan.channel
    people = [
        user(LOGINS[kind] if number == 1 else f"{kind}{number}", known.firm(place).contact, place, MANAGER)
        for kind, places in (
            ("brand", range(1)),
            ("supplier", channel.suppliers),
            ("distributor", channel.distributors),
            ("dealer", channel.dealers),
        )
        for number, place in enumerate(places, start=1)
    ]
    staff = [
        user(f"{kind}-{role}", name, places[0], role)
        for kind, places in (("brand", range(1)), ("distributor", channel.distributors), ("dealer", channel.dealers))
        for role, name in _STAFF.items()
    ]
    ids = await add_users(tx, users=[*people, *staff])
    known.managers = ids[: len(people)]
    known.staff = {user.login: (id_, user.name) for user, id_ in zip(staff, ids[len(people) :], strict=True)}
