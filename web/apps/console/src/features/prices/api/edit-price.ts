import { api, match, take } from "@lingqu/api";

/** Change one price of a list. */
export function editPrice(id: number, price_minor: number, version: number) {
  return take(
    api.PATCH("/api/v1/prices/{item_id}", {
      body: { price_minor },
      params: { path: { item_id: id }, header: match(version) },
    }),
  );
}
