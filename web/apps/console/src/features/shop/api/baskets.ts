import { api, type components, take } from "@lingqu/api";

export type Basket = components["schemas"]["Basket"];
export type LeftOut = components["schemas"]["LeftOut"];

/** What of an earlier order can be ordered again today; of a seller without an order the last one. */
export function repeatOrder(wanted: { order_id: string } | { seller_id: number }) {
  return take(api.POST("/api/v1/baskets/repeated", { body: wanted }));
}

/** Read rows of codes and quantities, as pasted or out of a CSV file. */
export function pasteRows(seller: number, text: string) {
  return take(api.POST("/api/v1/baskets/pasted", { body: { seller_id: seller, text } }));
}

/** What of a kept basket can be ordered today. */
export function basketOfDraft(id: string): Promise<Basket> {
  return take(api.POST("/api/v1/drafts/{draft_id}/basket", { params: { path: { draft_id: id } } }));
}

/** Keep a cart under a name, for another time. The same key keeps it once. */
export function keepDraft(body: components["schemas"]["NewDraft"], key: string) {
  return take(api.POST("/api/v1/drafts", { body, params: { header: { "Idempotency-Key": key } } }));
}
