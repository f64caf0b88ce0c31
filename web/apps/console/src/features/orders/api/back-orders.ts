import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { ordersKey } from "./orders";

export type BackOrder = components["schemas"]["BackOrder"];
export type Sharing = components["schemas"]["Sharing"];
export type NewSharing = components["schemas"]["NewSharing"];
export type Policy = NonNullable<Sharing["policy"]>;
export type BackOrderFilter = Omit<
  NonNullable<paths["/api/v1/back-orders"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

/** Lines that wait for goods of one's own. */
export function backOrdersQuery(filter: BackOrderFilter): PagesQuery<BackOrder> {
  return {
    queryKey: [...ordersKey, "waiting", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/back-orders", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** How goods that come are shared; version 0 where nothing was kept yet. */
export const sharingQuery = queryOptions({
  queryKey: [...ordersKey, "sharing"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/back-orders/setting", { signal })),
});

/** Keep a way of sharing, starting from the version that was read. */
export function setSharing(body: NewSharing, version: number) {
  return take(api.PUT("/api/v1/back-orders/setting", { body, params: { header: match(version) } }));
}

/** Who would get what if so much came; nothing is reserved. */
export function arrivalQuery(sku: number, node: number, quantity: number, policy: Policy) {
  return queryOptions({
    queryKey: [...ordersKey, "arrival", sku, node, quantity, policy],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/v1/back-orders/previews", { body: { sku_id: sku, node_id: node, quantity, policy }, signal }),
      ),
  });
}

/** Give out now what is free. */
export function serveBackOrders(key: string) {
  return take(api.POST("/api/v1/back-orders/runs", { body: {}, params: { header: { "Idempotency-Key": key } } }));
}
