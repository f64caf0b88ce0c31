import { api, type components, take } from "@lingqu/api";

export type RefundBody = components["schemas"]["RefundBody"];

/** Take sold goods back over the counter and give the money. */
export function refundSale(id: string, body: RefundBody, key: string) {
  return take(
    api.POST("/api/v1/sales/{order_id}/refund", {
      body,
      params: { path: { order_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
