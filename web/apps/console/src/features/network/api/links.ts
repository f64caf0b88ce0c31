import { api, type components, type PagesQuery, take } from "@lingqu/api";

export type LinkLine = components["schemas"]["LinkLine"];

/** Trade links of one organization, as seller or as buyer. */
export function linksQuery(side: { seller_id: number } | { buyer_id: number }): PagesQuery<LinkLine> {
  return {
    queryKey: ["links", side],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/links", {
          params: { query: { ...side, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}
