import { api, type components, match, take, upload } from "@lingqu/api";

export type Picture = components["schemas"]["SKUPicture"];
export type StoredFile = components["schemas"]["StoredFile"];
export type NewPicture = components["schemas"]["NewPicture"];
export type PictureEdit = components["schemas"]["PictureEdit"];

/** Send a picture to the store; it is shown nowhere yet. */
export function storePicture(file: File, onProgress: (part: number) => void) {
  const name = file.name.slice(-200) || "picture";
  return upload<StoredFile>(`/api/v1/files?name=${encodeURIComponent(name)}`, file, onProgress);
}

/** Show a stored picture for a SKU. */
export function addPicture(skuId: number, body: NewPicture) {
  return take(api.POST("/api/v1/skus/{sku_id}/pictures", { body, params: { path: { sku_id: skuId } } }));
}

/** Put all pictures of a SKU in this order; the first one stands for it in lists. */
export function orderPictures(skuId: number, ids: number[]) {
  return take(
    api.PUT("/api/v1/skus/{sku_id}/picture-order", { body: { picture_ids: ids }, params: { path: { sku_id: skuId } } }),
  );
}

/** Change what a picture says to those who cannot see it. */
export function editPicture(id: number, body: PictureEdit, version: number) {
  return take(
    api.PATCH("/api/v1/pictures/{picture_id}", { body, params: { path: { picture_id: id }, header: match(version) } }),
  );
}

/** Take a picture away; its file stays for a day, so it can be shown again. */
export function removePicture(id: number) {
  return take(api.DELETE("/api/v1/pictures/{picture_id}", { params: { path: { picture_id: id } } }));
}
