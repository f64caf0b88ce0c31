import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

/** The own places that can take goods in. */
export function ownNodesQuery(organization: number) {
  return queryOptions({
    queryKey: ["nodes", "own", organization],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/nodes", {
          params: { query: { organization_id: organization, is_open: true, limit: 100 } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}
