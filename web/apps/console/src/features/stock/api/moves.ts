import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";

import { stockKey } from "./stock";

export type MoveLine = components["schemas"]["MoveLine"];
export type MoveFilter = Omit<
  NonNullable<paths["/api/v1/stock/moves"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

/** Every change of on-hand, the newest first. */
export function movesQuery(filter: MoveFilter): PagesQuery<MoveLine> {
  return {
    queryKey: [...stockKey, "moves", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/stock/moves", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}
