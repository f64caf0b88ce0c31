import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

/** Roles that somebody of one's own organization can have. */
export const ownRolesQuery = queryOptions({
  queryKey: ["approval-rules", "roles"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/roles", { params: { query: { limit: 200 } }, signal })),
});

/** Product lines that rules can name. */
export const productLinesQuery = queryOptions({
  queryKey: ["approval-rules", "product-lines"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/product-lines", { params: { query: { limit: 200 } }, signal })),
});

/** Who buys from us, found by name. */
export function buyersQuery(own: number, q: string) {
  return queryOptions({
    queryKey: ["approval-rules", "buyers", own, q],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/links", {
          params: { query: { seller_id: own, limit: 50, ...(q === "" ? {} : { q }) } },
          signal,
        }),
      ),
  });
}
