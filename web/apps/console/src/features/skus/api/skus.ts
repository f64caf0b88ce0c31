import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";

export type SKULine = components["schemas"]["SKULine"];
export type SKUFilter = Omit<NonNullable<paths["/api/v1/skus"]["get"]["parameters"]["query"]>, "cursor" | "limit">;

/** Every list and record of goods stands under this key. */
export const skusKey = ["skus"];

/** Goods that the caller may see. */
export function skusQuery(filter: SKUFilter): PagesQuery<SKULine> {
  return {
    queryKey: [...skusKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/skus", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}
