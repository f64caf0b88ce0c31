"""Tell users something: inside the product, and by mail whoever wishes."""

from msgspec import Struct

from lingqu.kernel.errors import Words
from lingqu.kernel.ids import uuid7
from lingqu.modules.notice.mail import ADDRESS, write_mail
from lingqu.modules.notice.types import NewNotice
from lingqu.runtime.mail import Mail
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_BODY = Words("{title}\n\n{link}\n", "{title}\n\n查看详情：{link}\n")


class _Wishing(Struct, frozen=True):
    email: str
    language: str


async def tell(tx: Tx, *, notice: NewNotice) -> None:
    """Write one notice per user, and the mails of those who wish, in the transaction of what it tells of."""
    await tx.run(
        SQL["add_notices"],
        cell_id=notice.cell_id,
        id=[uuid7(at=tx.now) for _ in notice.user_ids],
        user_id=list(notice.user_ids),
        party_id=notice.party_id,
        kind=notice.kind,
        title_zh=notice.title.zh,
        title_en=notice.title.en,
        path=notice.path,
        now=tx.now,
    )
    wishing = await tx.all(
        SQL["who_wishes_mail"],
        _Wishing,
        cell_id=notice.cell_id,
        party_id=notice.party_id,
        user_ids=list(notice.user_ids),
    )
    for user in wishing:
        title = notice.title.zh if user.language == "zh" else notice.title.en
        body = _BODY.say(user.language, {"title": title, "link": ADDRESS + notice.path})
        mail = Mail(address=user.email, subject=" ".join(title.split()), body=body)
        await write_mail(tx, cell_id=notice.cell_id, mail=mail)
