import { api, type components, newKey, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type RowError = components["schemas"]["RowError"];
/** What a file is read into: the SKUs of a brand, or the prices of a list. */
export interface Target {
  kind: "skus" | "prices";
  id: number;
}

const header = () => ({ "Idempotency-Key": newKey() });

/** Read a file without keeping anything: how many rows are fine, and what is wrong with the others. */
export function previewFile({ kind, id }: Target, text: string) {
  return kind === "skus"
    ? take(api.POST("/api/v1/sku-imports/preview", { body: { brand_id: id, text }, params: { header: header() } }))
    : take(
        api.POST("/api/v1/price-lists/{list_id}/imports/preview", {
          body: { text },
          params: { path: { list_id: id }, header: header() },
        }),
      );
}

/** Keep all rows of a file, or none; the same key keeps them once however often it is sent. */
export async function importFile({ kind, id }: Target, text: string, file_name: string, key: string): Promise<number> {
  const params = { header: { "Idempotency-Key": key } };
  const { ids } =
    kind === "skus"
      ? await take(api.POST("/api/v1/sku-imports", { body: { brand_id: id, text, file_name }, params }))
      : await take(
          api.POST("/api/v1/price-lists/{list_id}/imports", {
            body: { text, file_name },
            params: { path: { list_id: id }, ...params },
          }),
        );
  return ids.length;
}

/** Brands whose SKUs one may bring. */
export const brandsQuery = queryOptions({
  queryKey: ["organizations", "brands"],
  queryFn: ({ signal }) =>
    take(api.GET("/api/v1/organizations", { params: { query: { kind: "brand", limit: 200 } }, signal })),
  staleTime: 60_000,
});

/** One's own price lists that are not put away. */
export function ownListsQuery(seller: number) {
  return queryOptions({
    queryKey: ["price-lists", "own", seller],
    queryFn: async ({ signal }) => {
      const page = await take(
        api.GET("/api/v1/price-lists", { params: { query: { seller_id: seller, limit: 200 } }, signal }),
      );
      return page.items.filter((list) => list.status !== "archived");
    },
    staleTime: 30_000,
  });
}

/** What was imported before, out of the audit log. */
export function historyQuery(kind: Target["kind"]) {
  return queryOptions({
    queryKey: ["audit", "imports", kind],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/audit", {
          params: { query: { kind: kind === "skus" ? "sku-import" : "price-import", limit: 20 } },
          signal,
        }),
      ),
  });
}
