import { api, type components, take } from "@lingqu/api";

const at = (id: string, key: string) => ({ path: { order_id: id }, header: { "Idempotency-Key": key } });

/** Take on, for a warehouse, what an order leaves to it. `key` makes a second sending of the same wish harmless. */
export function acceptWork(id: string, body: components["schemas"]["WorkAccepted"], key: string) {
  return take(api.POST("/api/v1/orders/{order_id}/routing/acceptance", { params: at(id, key), body }));
}

/** Let an order go, for a warehouse: the next one is chosen, or the order is put on hold. */
export function rejectWork(id: string, body: components["schemas"]["WorkRejected"], key: string) {
  return take(api.POST("/api/v1/orders/{order_id}/routing/rejection", { params: at(id, key), body }));
}

/** Choose again for what an order on hold is owed. */
export function retryHeld(id: string, body: components["schemas"]["Retry"], key: string) {
  return take(api.POST("/api/v1/orders/{order_id}/routing/retry", { params: at(id, key), body }));
}
