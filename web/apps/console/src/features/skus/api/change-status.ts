import { api, match, take } from "@lingqu/api";

/** Take a SKU out of sale, with what to buy instead. */
export function discontinueSKU(id: number, version: number, successor: number | null) {
  return take(
    api.POST("/api/v1/skus/{sku_id}/discontinuation", {
      body: { successor_id: successor },
      params: { path: { sku_id: id }, header: match(version) },
    }),
  );
}

/** Bring a SKU back into sale. */
export function reactivateSKU(id: number, version: number) {
  return take(
    api.POST("/api/v1/skus/{sku_id}/reactivation", { params: { path: { sku_id: id }, header: match(version) } }),
  );
}

/** Put a SKU away: out of every list, kept for history. */
export function archiveSKU(id: number, version: number) {
  return take(api.POST("/api/v1/skus/{sku_id}/archival", { params: { path: { sku_id: id }, header: match(version) } }));
}
