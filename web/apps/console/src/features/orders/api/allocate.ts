import { api, take } from "@lingqu/api";

/** Reserve what has come for back orders. `key` makes a second sending of the same wish harmless. */
export function allocateOrder(id: string, key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/allocation", {
      params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
