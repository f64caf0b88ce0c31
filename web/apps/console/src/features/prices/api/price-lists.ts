import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type PriceListLine = components["schemas"]["PriceListLine"];
export type PriceListView = components["schemas"]["PriceListView"];
export type PriceLine = components["schemas"]["PriceLine"];
export type PriceListFilter = Omit<
  NonNullable<paths["/api/v1/price-lists"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

/** Everything about prices stands under this key. */
export const pricesKey = ["prices"];

/** Price lists that the caller may see. */
export function priceListsQuery(filter: PriceListFilter): PagesQuery<PriceListLine> {
  return {
    queryKey: [...pricesKey, "lists", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/price-lists", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One list and whom it is for. */
export function priceListQuery(id: number) {
  return queryOptions({
    queryKey: [...pricesKey, "list", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/price-lists/{list_id}", { params: { path: { list_id: id } }, signal })),
  });
}

/** The prices of a list. */
export function listedPricesQuery(id: number, q: string): PagesQuery<PriceLine> {
  return {
    queryKey: [...pricesKey, "listed", id, q],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/price-lists/{list_id}/prices", {
          params: {
            path: { list_id: id },
            query: { ...(q ? { q } : {}), ...(cursor === undefined ? {} : { cursor }) },
          },
          signal,
        }),
      ),
  };
}

/** Let a list give prices. */
export function publishPriceList(id: number, version: number) {
  return take(
    api.POST("/api/v1/price-lists/{list_id}/publication", {
      params: { path: { list_id: id }, header: match(version) },
    }),
  );
}

/** Put a list away. */
export function archivePriceList(id: number, version: number) {
  return take(
    api.POST("/api/v1/price-lists/{list_id}/archival", { params: { path: { list_id: id }, header: match(version) } }),
  );
}
