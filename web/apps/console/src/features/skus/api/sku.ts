import { api, type components, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { skusKey } from "./skus";

export type SKU = components["schemas"]["SKU"];
export type Pack = components["schemas"]["Pack"];

/** One SKU with its packs and variants. */
export function skuQuery(id: number) {
  return queryOptions({
    queryKey: [...skusKey, "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/skus/{sku_id}", { params: { path: { sku_id: id } }, signal })),
  });
}
