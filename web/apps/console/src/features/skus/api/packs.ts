import { api, type components, match, take } from "@lingqu/api";

export type NewPack = components["schemas"]["NewPack"];
export type PackEdit = components["schemas"]["PackEdit"];

/** Give a SKU another pack. */
export function addPack(skuId: number, body: NewPack) {
  return take(api.POST("/api/v1/skus/{sku_id}/packs", { body, params: { path: { sku_id: skuId } } }));
}

/** Change a pack; how much it holds never changes. */
export function editPack(id: number, body: PackEdit, version: number) {
  return take(
    api.PATCH("/api/v1/packs/{pack_id}", { body, params: { path: { pack_id: id }, header: match(version) } }),
  );
}
