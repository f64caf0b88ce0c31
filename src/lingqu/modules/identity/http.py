"""Routes of identity: sign-in, sessions, one's own record."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.identity import change_password as password
from lingqu.modules.identity import me, places, sessions
from lingqu.modules.identity import sign_in as sign_ins
from lingqu.modules.identity import switch_organization as switches
from lingqu.modules.identity.change_password import WrongPassword
from lingqu.modules.identity.cookie import session_cookie
from lingqu.modules.identity.password import WeakPassword
from lingqu.modules.identity.places import Region, RegionQuery
from lingqu.modules.identity.sign_in import TooManyAttempts, WrongCredentials
from lingqu.modules.identity.types import Me, SessionLine, SignedIn
from lingqu.runtime.http.route import PUBLIC, SIGNED_IN, Answer, Connection, delete, get, patch, post, put
from lingqu.runtime.paging import Listed, ListQuery
from lingqu.runtime.tx import Tx

Text = Annotated[str, Meta(max_length=200)]
Secret = Annotated[str, Meta(min_length=1, max_length=1000)]


class Credentials(Struct, forbid_unknown_fields=True):
    """A login with its password; ``party_id`` chooses the organization where the user has several."""

    login: Annotated[str, Meta(min_length=1, max_length=200)]
    password: Secret
    party_id: UUID | None = None


class MeEdit(Struct, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    phone: Text | None = None
    email: Text | None = None
    language: Literal["zh", "en"] | None = None


class Switch(Struct, forbid_unknown_fields=True):
    party_id: UUID


class PasswordChange(Struct, forbid_unknown_fields=True):
    present: Secret
    new: Secret


@post("/sessions", permission=PUBLIC, summary="Sign in", refusals=[WrongCredentials, TooManyAttempts])
async def sign_in(tx: Tx, *, body: Credentials, request: Connection) -> Answer[SignedIn]:
    signed_in = await sign_ins.sign_in(
        tx,
        login=body.login,
        password=body.password,
        party_id=body.party_id,
        address=request.address,
        user_agent=request.user_agent,
    )
    return Answer(signed_in, session_cookie(signed_in.token, request=request))


@post("/me/sessions", permission=SIGNED_IN, summary="Go on in another organization that one works for")
async def switch_organization(tx: Tx, *, scope: Scope, body: Switch, request: Connection) -> Answer[SignedIn]:
    signed_in = await switches.switch_organization(
        tx, scope=scope, party_id=body.party_id, address=request.address, user_agent=request.user_agent
    )
    return Answer(signed_in, session_cookie(signed_in.token, request=request))


@delete("/sessions/current", permission=SIGNED_IN, summary="Sign out")
async def sign_out(tx: Tx, *, request: Connection) -> Answer[None]:
    await sessions.sign_out(tx, token=request.token)
    return Answer(None, session_cookie("", request=request))


@get("/me", permission=SIGNED_IN, summary="Who is signed in, for which organization, with which rights")
async def read_me(tx: Tx, *, scope: Scope) -> Me:
    return await me.read_me(tx, scope=scope)


@patch("/me", permission=SIGNED_IN, summary="Change one's own record", refusals=[Stale])
async def edit_me(tx: Tx, *, scope: Scope, body: MeEdit, if_match: int) -> Me:
    return await me.edit_me(
        tx, scope=scope, version=if_match, name=body.name, phone=body.phone, email=body.email, language=body.language
    )


@put(
    "/me/password",
    permission=SIGNED_IN,
    summary="Change one's own password; other sessions end",
    status=204,
    refusals=[WrongPassword, WeakPassword],
)
async def change_password(tx: Tx, *, scope: Scope, body: PasswordChange, request: Connection) -> None:
    await password.change_password(tx, scope=scope, present=body.present, new=body.new, token=request.token)


@get("/me/sessions", permission=SIGNED_IN, summary="One's own live sessions")
async def list_sessions(tx: Tx, *, scope: Scope, query: ListQuery, request: Connection) -> Listed[SessionLine]:
    return await sessions.list_sessions(tx, scope=scope, query=query, token=request.token)


@delete("/me/sessions/{session_id:uuid}", permission=SIGNED_IN, summary="End one of one's own sessions")
async def end_session(tx: Tx, *, scope: Scope, session_id: UUID) -> None:
    await sessions.end_session(tx, scope=scope, session_id=session_id)


@get("/regions", permission=SIGNED_IN, summary="Regions of GB/T 2260 and US FIPS")
async def list_regions(tx: Tx, *, query: RegionQuery) -> Listed[Region]:
    return await places.list_regions(tx, query=query)


ROUTES = (
    sign_in,
    switch_organization,
    sign_out,
    read_me,
    edit_me,
    change_password,
    list_sessions,
    end_session,
    list_regions,
)
