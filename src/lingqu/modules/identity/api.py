"""What other modules may use of identity."""

from lingqu.modules.identity.add_parties import add_parties, close_party, rename_party
from lingqu.modules.identity.add_users import LoginTaken, add_users
from lingqu.modules.identity.built_in_roles import find_built_in_roles, set_built_in_roles
from lingqu.modules.identity.find_login import find_login
from lingqu.modules.identity.load_regions import load_regions
from lingqu.modules.identity.open_session import open_session
from lingqu.modules.identity.password import WeakPassword, check_password, hash_password
from lingqu.modules.identity.places import check_region, counties_of
from lingqu.modules.identity.sessions import end_user_sessions, find_session
from lingqu.modules.identity.sign_in import sign_in
from lingqu.modules.identity.types import BuiltInRole, NewParty, NewUser, PartyKind, Session, SignedIn

__all__ = [
    "BuiltInRole",
    "LoginTaken",
    "NewParty",
    "NewUser",
    "PartyKind",
    "Session",
    "SignedIn",
    "WeakPassword",
    "add_parties",
    "add_users",
    "check_password",
    "check_region",
    "close_party",
    "counties_of",
    "end_user_sessions",
    "find_built_in_roles",
    "find_login",
    "find_session",
    "hash_password",
    "load_regions",
    "open_session",
    "rename_party",
    "set_built_in_roles",
    "sign_in",
]
