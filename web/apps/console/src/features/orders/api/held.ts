import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";

import { ordersKey } from "./orders";

export type HeldOrder = components["schemas"]["HeldOrder"];
export type HeldFilter = Omit<
  NonNullable<paths["/api/v1/held-orders"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

/** Orders on hold: no warehouse can send what they are owed. */
export function heldQuery(filter: HeldFilter): PagesQuery<HeldOrder> {
  return {
    queryKey: [...ordersKey, "held", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/held-orders", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}
