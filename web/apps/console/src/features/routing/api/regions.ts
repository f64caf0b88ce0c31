import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

/** Regions whose name begins so. */
export function regionsQuery(q: string) {
  return queryOptions({
    queryKey: ["regions", q],
    queryFn: ({ signal }) => take(api.GET("/api/v1/regions", { params: { query: { q, limit: 20 } }, signal })),
    staleTime: 600_000,
  });
}
