import { api, take } from "@lingqu/api";
import { queryOptions, useQuery } from "@tanstack/react-query";

import { useMe } from "./me";

/** The open places of one's own organization. */
function ownNodesQuery(organization: number) {
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

/** The own places as choices of a form or filter. */
export function useOwnNodes(): { value: number; label: string }[] {
  const me = useMe();
  const nodes = useQuery(ownNodesQuery(me.organization_id)).data?.items ?? [];
  return nodes.map((node) => ({ value: node.id, label: node.name }));
}
