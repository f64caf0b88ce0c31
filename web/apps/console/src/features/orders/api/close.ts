import { api, type components, take } from "@lingqu/api";

export type Closure = components["schemas"]["Closure"];

/** Close what is open of some lines. `key` makes a second sending of the same wish harmless. */
export function closeOrder(id: string, body: Closure, key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/closure", {
      body,
      params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
