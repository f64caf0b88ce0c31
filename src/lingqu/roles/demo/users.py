"""The demo's people: a manager in each organization, and the other roles at the first distributor and dealer."""

from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles, hash_password
from lingqu.modules.network.api import AddedOrganization, Kind
from lingqu.roles.administrator import add_first_administrator
from lingqu.roles.built_in_roles import MANAGER
from lingqu.roles.demo.logins import LOGINS, PASSWORD
from lingqu.roles.demo.network import Network
from lingqu.runtime.tx import Tx

_STAFF = {"sales": "王芳", "warehouse": "刘强", "accountant": "赵敏", "viewer": "孙悦"}


async def add_people(tx: Tx, network: Network) -> None:
    """Make the users; all share the demo's password."""
    await add_first_administrator(tx, login=LOGINS["operator"], password=PASSWORD)
    roles = await find_built_in_roles(tx)
    password_hash = await hash_password(PASSWORD)

    def user(login: str, name: str, organization: AddedOrganization, kind: Kind, role: str) -> NewUser:
        return NewUser(
            login=login,
            name=name,
            party_id=organization.party_id,
            role_ids=(roles[kind, role],),
            password_hash=password_hash,
        )

    first, dealer = network.distributors[0], network.dealers[0]
    people = [
        user(LOGINS["brand"], "林总", network.brand, Kind.BRAND, MANAGER),
        user(LOGINS["supplier"], "郑厂长", network.factory, Kind.SUPPLIER, MANAGER),
        user(LOGINS["distributor"], "陈立", first, Kind.DISTRIBUTOR, MANAGER),
        user(LOGINS["dealer"], "李店长", dealer, Kind.DEALER, MANAGER),
    ]
    people += [user(f"distributor-{role}", name, first, Kind.DISTRIBUTOR, role) for role, name in _STAFF.items()]
    people += [user(f"dealer-{role}", name, dealer, Kind.DEALER, role) for role, name in _STAFF.items()]
    people += [
        user(f"distributor{number}", f"经理{number}", one, Kind.DISTRIBUTOR, MANAGER)
        for number, one in enumerate(network.distributors[1:], start=2)
    ]
    people += [
        user(f"dealer{number}", f"店长{number}", one, Kind.DEALER, MANAGER)
        for number, one in enumerate(network.dealers[1:], start=2)
    ]
    await add_users(tx, users=people)
