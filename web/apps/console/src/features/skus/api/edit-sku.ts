import { api, type components, match, take } from "@lingqu/api";

export type SKUEdit = components["schemas"]["SKUEdit"];

/** Change a SKU; what is left out stays as it is. */
export function editSKU(id: number, body: SKUEdit, version: number) {
  return take(api.PATCH("/api/v1/skus/{sku_id}", { body, params: { path: { sku_id: id }, header: match(version) } }));
}
