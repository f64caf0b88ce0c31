import { type Me, useMe } from "./me";

/** What a person may do here; the only place that knows how rights are named. */
const RIGHTS = {
  "orders.see": "orders.read",
  "orders.sell": "orders.sell",
  "orders.place": "orders.place",
  "orders.approve": "orders.approve",
  "orders.confirm": "orders.confirm",
  "orders.ship": "orders.ship",
  "orders.share": "orders.share",
  "orders.receive": "orders.receive",
  "orders.onBehalf": "orders.on-behalf",
  "orders.return": "orders.return",
  "orders.rules": "orders.rules",
  "credit.see": "credit.read",
  "routing.see": "routing.read",
  "routing.edit": "routing.edit",
  "routing.plan": "routing.plan",
  "stock.see": "stock.read",
  "stock.adjust": "stock.adjust",
  "stock.transfer": "stock.transfer",
  "catalog.see": "catalog.read",
  "catalog.edit": "catalog.edit",
  "prices.see": "pricing.quote",
  "prices.lists": "pricing.read",
  "prices.edit": "pricing.edit",
  "network.see": "network.read",
  "network.edit": "network.edit",
  "network.apply": "network.apply",
  "network.approve": "network.approve",
  "links.grant": "network.grant",
  "territories.see": "territory.read",
  "territories.grant": "territory.edit",
  "territories.divide": "territory.divide",
  "credit.grant": "credit.grant",
  "reminders.edit": "notice.rules",
  "ledger.see": "ledger.read",
  "ledger.pay": "ledger.pay",
  "members.see": "membership.read",
  "members.edit": "membership.edit",
  "members.points": "membership.points",
  "users.see": "identity.read",
  "users.edit": "identity.edit",
  "audit.see": "runtime.audit-read",
  "webhooks.edit": "partners.webhooks",
  "payments.see": "payment.read",
  "payments.pay": "payment.pay",
  "payments.operate": "payment.operate",
} as const;

export type Right = keyof typeof RIGHTS;

/** Tell whether the person may. The server decides again; this only hides what would be refused. */
export function can(me: Me, right: Right): boolean {
  return me.permissions.includes(RIGHTS[right]);
}

/** `can` for the signed-in user. */
export function useCan(): (right: Right) => boolean {
  const me = useMe();
  return (right) => can(me, right);
}
