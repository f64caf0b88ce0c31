import { api, type components, take } from "@lingqu/api";

export type Dated = components["schemas"]["Dated"];

/** Confirm an order as its seller. `key` makes a second sending of the same wish harmless. */
export function confirmOrder(id: string, body: Dated, key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/confirmation", {
      body,
      params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
