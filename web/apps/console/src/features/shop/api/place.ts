import { api, type components, take } from "@lingqu/api";

export type NewOrder = components["schemas"]["NewOrder"];
export type Placed = components["schemas"]["Placed"];
export type ShortagePolicy = NonNullable<NewOrder["shortage_policy"]>;

/** Place an order: stock and money are held, or nothing happens. The same key places it once. */
export function placeOrder(body: NewOrder, key: string) {
  return take(api.POST("/api/v1/orders", { body, params: { header: { "Idempotency-Key": key } } }));
}
