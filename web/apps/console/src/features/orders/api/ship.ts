import { api, type components, take } from "@lingqu/api";

export type ShipmentBody = components["schemas"]["ShipmentBody"];

/** Ship reserved goods, all or some. `key` makes a second sending of the same wish harmless. */
export function shipOrder(id: string, body: ShipmentBody, key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/shipments", {
      body,
      params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
