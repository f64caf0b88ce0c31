"""What other modules may use of identity."""

from lingqu.modules.identity.add_parties import add_parties, close_party, home_cell_of, rename_party
from lingqu.modules.identity.add_users import LoginTaken, add_users
from lingqu.modules.identity.built_in_roles import find_built_in_roles, set_built_in_roles, set_permissions
from lingqu.modules.identity.find_login import find_login
from lingqu.modules.identity.invitations import Invited, invite
from lingqu.modules.identity.load_regions import load_regions
from lingqu.modules.identity.open_session import open_session
from lingqu.modules.identity.password import WeakPassword, check_password, hash_password
from lingqu.modules.identity.places import check_region, counties_of
from lingqu.modules.identity.reset_password import Reset, ResetVoid, finish_reset, start_reset
from lingqu.modules.identity.rights import RightsNow, read_rights
from lingqu.modules.identity.roles import MoreThanYourOwn, check_roles
from lingqu.modules.identity.sessions import end_user_sessions, find_session, find_sessions
from lingqu.modules.identity.sign_in import sign_in
from lingqu.modules.identity.types import BuiltInRole, NewParty, NewUser, PartyKind, Session, SignedIn
from lingqu.modules.identity.users_with import users_with

__all__ = [
    "BuiltInRole",
    "Invited",
    "LoginTaken",
    "MoreThanYourOwn",
    "NewParty",
    "NewUser",
    "PartyKind",
    "Reset",
    "ResetVoid",
    "RightsNow",
    "Session",
    "SignedIn",
    "WeakPassword",
    "add_parties",
    "add_users",
    "check_password",
    "check_region",
    "check_roles",
    "close_party",
    "counties_of",
    "end_user_sessions",
    "find_built_in_roles",
    "find_login",
    "find_session",
    "find_sessions",
    "finish_reset",
    "hash_password",
    "home_cell_of",
    "invite",
    "load_regions",
    "open_session",
    "read_rights",
    "rename_party",
    "set_built_in_roles",
    "set_permissions",
    "sign_in",
    "start_reset",
    "users_with",
]
