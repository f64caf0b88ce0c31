import { api, type components, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { ordersKey } from "./orders";

export type Order = components["schemas"]["Order"];
export type OrderLine = components["schemas"]["OrderLine"];
export type Shipment = components["schemas"]["Shipment"];
export type Revision = components["schemas"]["Revision"];
export type GoodsReturn = components["schemas"]["Return"];

/** The whole document, as its reader may see it. */
export function orderQuery(id: string) {
  return queryOptions({
    queryKey: [...ordersKey, "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/orders/{order_id}", { params: { path: { order_id: id } }, signal })),
  });
}
