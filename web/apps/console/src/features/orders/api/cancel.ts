import { api, type components, take } from "@lingqu/api";

export type Cancellation = components["schemas"]["Cancellation"];

/** Cancel an order, or the rest of it. `key` makes a second sending of the same wish harmless. */
export function cancelOrder(id: string, body: Cancellation, key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/cancellation", {
      body,
      params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
