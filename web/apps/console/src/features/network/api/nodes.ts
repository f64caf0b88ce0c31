import { api, type components, type PagesQuery, take } from "@lingqu/api";

export type NodeLine = components["schemas"]["NodeLine"];

/** The places of one organization that hold stock. */
export function nodesOfQuery(organization: number): PagesQuery<NodeLine> {
  return {
    queryKey: ["nodes", "of", organization],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/nodes", {
          params: { query: { organization_id: organization, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}
