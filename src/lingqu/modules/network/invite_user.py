"""Invite somebody into an organization: one's own, or one below that has nobody yet."""

from typing import Annotated

from msgspec import Meta, Struct

from lingqu.kernel.errors import Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import Invited, check_roles, invite
from lingqu.modules.network.organizations import read_organization
from lingqu.modules.notice.api import ADDRESS, write_mail
from lingqu.runtime.mail import Mail
from lingqu.runtime.tx import Tx

_SUBJECT = Words("{organization} invites you to Lingqu", "{organization} 邀请您加入灵渠")
_BODY = Words(
    "{name}, {organization} invites you. Choose a login within a week: {link}",
    "{name}，{organization} 邀请您加入灵渠，请在一周内点击链接设置登录名：{link}",
)


class InvitationBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With an address the link goes there by mail; it is also in the answer, to be handed over another way."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    email: Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+$", max_length=200)] | None = None
    role_ids: Annotated[list[int], Meta(min_length=1, max_length=20)]


async def invite_user(tx: Tx, *, scope: Scope, organization_id: int, body: InvitationBody, language: str) -> Invited:
    """Make an invitation into an organization and mail its link.

    Raises: NotFound, Invalid for roles of another organization or kind, MoreThanYourOwn.
    """
    organization = await read_organization(tx, scope=scope, organization_id=organization_id)
    await check_roles(tx, scope=scope, party_id=organization.party_id, kind=organization.kind, role_ids=body.role_ids)
    invited = await invite(
        tx, scope=scope, party_id=organization.party_id, role_ids=body.role_ids, name=body.name, email=body.email
    )
    if body.email is not None:
        facts = {"name": body.name, "organization": organization.name, "link": ADDRESS + invited.path}
        mail = Mail(address=body.email, subject=_SUBJECT.say(language, facts), body=_BODY.say(language, facts))
        await write_mail(tx, cell_id=scope.cell_id, mail=mail)
    return invited
