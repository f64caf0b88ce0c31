import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

/** The seller's open warehouses, to choose from. */
export function sellerNodesQuery(seller: number) {
  return queryOptions({
    queryKey: ["nodes", "open", seller],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/nodes", { params: { query: { organization_id: seller, is_open: true, limit: 200 } }, signal }),
      ),
    staleTime: 60_000,
  });
}
