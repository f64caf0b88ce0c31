import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type StockLine = components["schemas"]["StockLine"];
export type NodeStock = components["schemas"]["NodeStock"];
export type StockLot = NonNullable<NodeStock["lots"]>[number];
export type StockFilter = Omit<NonNullable<paths["/api/v1/stock"]["get"]["parameters"]["query"]>, "cursor" | "limit">;

/** Everything about stock stands under this key. */
export const stockKey = ["stock"];

/** Stock that the caller may see: its own side's, and what sellers show it. */
export function stockQuery(filter: StockFilter): PagesQuery<StockLine> {
  return {
    queryKey: [...stockKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/stock", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One SKU at one node with its lots. */
export function nodeStockQuery(node: number, sku: number) {
  return queryOptions({
    queryKey: [...stockKey, "one", node, sku],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/stock/nodes/{node_id}/skus/{sku_id}", {
          params: { path: { node_id: node, sku_id: sku } },
          signal,
        }),
      ),
  });
}
