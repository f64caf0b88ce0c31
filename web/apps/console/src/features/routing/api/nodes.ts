import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

/** One's own open warehouses. */
export function ownNodesQuery(organization: number) {
  return queryOptions({
    queryKey: ["nodes", "open", organization],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/nodes", {
          params: { query: { organization_id: organization, is_open: true, limit: 200 } },
          signal,
        }),
      ),
  });
}
