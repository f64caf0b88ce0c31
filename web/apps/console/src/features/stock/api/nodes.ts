import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

/** Places that hold stock, for the filter. */
export const nodesQuery = queryOptions({
  queryKey: ["nodes", "filter"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/nodes", { params: { query: { limit: 200 } }, signal })),
  staleTime: 60_000,
});
