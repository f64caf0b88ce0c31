import { api, type components, take } from "@lingqu/api";

export type ReturnBody = components["schemas"]["ReturnBody"];

/** Ask to give goods back. `key` makes a second sending of the same wish harmless. */
export function returnGoods(id: string, body: ReturnBody, key: string) {
  return take(
    api.POST("/api/v1/orders/{order_id}/returns", {
      body,
      params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
