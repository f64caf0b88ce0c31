import type { components } from "@lingqu/api";

/** Something that waits for a person's decision. */
export type ToDo = components["schemas"]["ToDo"];

/** What a thing is called: an order by its other side, which is the seller for a buyer that has to agree. */
export function nameOf(one: ToDo): string {
  const subject: Record<string, unknown> = one.subject;
  const name = subject.asks_buyer === true && one.level === 1 ? subject.seller_name : subject.name;
  return typeof name === "string" ? name : one.object_id;
}

/** Where a thing is shown whole; null for a kind that this console does not know yet. */
export function pathOf(one: ToDo): string | null {
  if (one.kind === "orders.order") return `/orders/${one.object_id}`;
  if (one.kind === "orders.draft") return `/baskets/${one.object_id}`;
  if (one.kind === "network.organization") return `/organizations/${one.object_id}`;
  return null;
}
