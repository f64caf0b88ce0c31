import { api, take } from "@lingqu/api";

import type { ToDo } from "../../../lib/to-do";

type Decide = (id: string, isAccepted: boolean, reason: string, key: string) => Promise<unknown>;

/** Each kind of thing is decided by its own route. */
const DECIDE: Record<string, Decide> = {
  "orders.order": (id, isAccepted, reason, key) =>
    take(
      api.POST("/api/v1/orders/{order_id}/approval", {
        body: { is_accepted: isAccepted, reason },
        params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
      }),
    ),
  "orders.draft": (id, isAccepted, reason, key) =>
    take(
      api.POST("/api/v1/drafts/{draft_id}/release", {
        body: { is_accepted: isAccepted, reason },
        params: { path: { draft_id: id }, header: { "Idempotency-Key": key } },
      }),
    ),
  "network.organization": (id, isAccepted, reason, key) =>
    take(
      api.POST("/api/v1/organizations/{organization_id}/decisions", {
        body: { is_approved: isAccepted, reason },
        params: { path: { organization_id: Number(id) }, header: { "Idempotency-Key": key } },
      }),
    ),
};

/** Whether this console knows how to decide on a thing; what it does not know is opened instead. */
export function canDecide(kind: string): boolean {
  return kind in DECIDE;
}

/** Decide on one thing. `key` makes a second sending of the same wish harmless. */
export async function decide(one: ToDo, isAccepted: boolean, reason: string, key: string): Promise<void> {
  await DECIDE[one.kind]?.(one.object_id, isAccepted, reason, key);
}
