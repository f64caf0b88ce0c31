import { api, type paths, take } from "@lingqu/api";

type Decision = paths["/api/v1/orders/{order_id}/approval"]["post"]["requestBody"]["content"]["application/json"];

/** Agree to an order above the limit, or turn it down. `key` makes a second sending of the same wish harmless. */
export function decideOrder(id: string, body: Decision, key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/approval", {
      body,
      params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
