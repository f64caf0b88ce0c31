import { api, type components, take } from "@lingqu/api";

export type Adjustment = components["schemas"]["Adjustment"];
export type Blocking = components["schemas"]["Blocking"];

/** Correct what lies at a node, with the reason. */
export function adjustStock(body: Adjustment, key: string) {
  return take(api.POST("/api/v1/stock/adjustments", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Keep goods back from sale. */
export function blockStock(body: Blocking, key: string) {
  return take(api.POST("/api/v1/stock/blockings", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Let goods be sold again. */
export function unblockStock(body: Blocking, key: string) {
  return take(api.POST("/api/v1/stock/unblockings", { body, params: { header: { "Idempotency-Key": key } } }));
}
