"""Routes of notice: what one was told, and the way back in for who forgot a password."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from lingqu.kernel.errors import Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import ResetVoid, WeakPassword, finish_reset, start_reset
from lingqu.modules.notice import notices, preference
from lingqu.modules.notice.mail import ADDRESS, write_mail
from lingqu.modules.notice.notices import NoticeQuery, Unread
from lingqu.modules.notice.preference import Preference
from lingqu.modules.notice.types import Notice
from lingqu.runtime.http.route import PUBLIC, SIGNED_IN, get, post, put
from lingqu.runtime.mail import Mail
from lingqu.runtime.paging import Listed
from lingqu.runtime.tx import Tx

_SUBJECT = Words("Set a new password", "重置密码")
_BODY = Words(
    "{name}, set a new password within an hour: {link}\nIf you did not ask for this, do nothing.",
    "{name}，请在一小时内点击链接重置密码：{link}\n如非本人操作，请忽略本邮件。",
)


class ResetBody(Struct, forbid_unknown_fields=True):
    login: Annotated[str, Meta(min_length=1, max_length=200)]


class NewPasswordBody(Struct, forbid_unknown_fields=True):
    token: Annotated[str, Meta(min_length=1, max_length=200)]
    password: Annotated[str, Meta(min_length=1, max_length=1000)]


class PreferenceBody(Struct, forbid_unknown_fields=True):
    is_by_mail: bool


@get("/notices", permission=SIGNED_IN, summary="What one was told")
async def list_notices(tx: Tx, *, scope: Scope, query: NoticeQuery) -> Listed[Notice]:
    return await notices.list_notices(tx, scope=scope, query=query)


@get("/notices/unread", permission=SIGNED_IN, summary="How many notices wait")
async def count_unread_notices(tx: Tx, *, scope: Scope) -> Unread:
    return await notices.count_unread(tx, scope=scope)


# Reading changes no record: a read mark is no audit matter.
@post("/notices/{notice_id:uuid}/reading", permission=SIGNED_IN, summary="Mark as read", status=204, is_audited=False)
async def read_notice(tx: Tx, *, scope: Scope, notice_id: UUID) -> None:
    await notices.read_notice(tx, scope=scope, notice_id=notice_id)


@post("/notices/reading", permission=SIGNED_IN, summary="Mark all as read", status=204, is_audited=False)
async def read_notices(tx: Tx, *, scope: Scope) -> None:
    await notices.read_notices(tx, scope=scope)


@get("/notices/preference", permission=SIGNED_IN, summary="Whether one gets notices by mail too")
async def read_notice_preference(tx: Tx, *, scope: Scope) -> Preference:
    return await preference.read_preference(tx, scope=scope)


@put("/notices/preference", permission=SIGNED_IN, summary="Get notices by mail too, or no longer")
async def set_notice_preference(tx: Tx, *, scope: Scope, body: PreferenceBody) -> Preference:
    return await preference.set_preference(tx, scope=scope, is_by_mail=body.is_by_mail)


# The same answer whether there is such a login or not, so there is not always a change to audit.
@post(
    "/password-resets",
    permission=PUBLIC,
    summary="Ask for a link by mail to set a new password",
    status=202,
    is_audited=False,
)
async def ask_password_reset(tx: Tx, *, body: ResetBody) -> None:
    reset = await start_reset(tx, login=body.login)
    if reset is not None:
        facts = {"name": reset.user_name, "link": ADDRESS + reset.path}
        text = _BODY.say(reset.language, facts)
        mail = Mail(address=reset.email, subject=_SUBJECT.say(reset.language, {}), body=text)
        await write_mail(tx, cell_id=reset.cell_id, mail=mail)


@post(
    "/password-resets/completion",
    permission=PUBLIC,
    summary="Set a new password with the link's token",
    status=204,
    refusals=[ResetVoid, WeakPassword],
)
async def finish_password_reset(tx: Tx, *, body: NewPasswordBody) -> None:
    await finish_reset(tx, token=body.token, password=body.password)


ROUTES = (
    list_notices,
    count_unread_notices,
    read_notice,
    read_notices,
    read_notice_preference,
    set_notice_preference,
    ask_password_reset,
    finish_password_reset,
)
