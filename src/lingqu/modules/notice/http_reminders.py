"""Routes of reminders: when an organization's people are reminded of what waits for them."""

from lingqu.kernel.errors import Stale
from lingqu.kernel.scope import Scope
from lingqu.modules.notice import reminder_rule
from lingqu.modules.notice.reminder_rule import NewReminderRule, ReminderRule
from lingqu.runtime.http.route import get, put
from lingqu.runtime.tx import Tx


@get("/reminder-rule", permission="notice.rules", summary="When one's people are reminded of what waits for them")
async def read_reminder_rule(tx: Tx, *, scope: Scope) -> ReminderRule:
    return await reminder_rule.read_reminder_rule(tx, scope=scope)


@put(
    "/reminder-rule",
    permission="notice.rules",
    summary="Set when one's people are reminded of what waits for them",
    refusals=[Stale],
)
async def set_reminder_rule(tx: Tx, *, scope: Scope, body: NewReminderRule, if_match: int) -> ReminderRule:
    return await reminder_rule.set_reminder_rule(tx, scope=scope, rule=body, if_match=if_match)


REMINDER_ROUTES = (read_reminder_rule, set_reminder_rule)
