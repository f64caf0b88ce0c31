import { api, type components, take } from "@lingqu/api";

/** Send lines from other warehouses. `key` makes a second sending of the same wish harmless. */
export function rerouteOrder(id: string, body: components["schemas"]["Reroute"], key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/routing", {
      params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
      body,
    }),
  );
}
