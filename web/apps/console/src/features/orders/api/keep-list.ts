import { api, take } from "@lingqu/api";

import type { Order } from "./order";

/** Keep what an order asked for as a list for the next times. */
export function keepList(order: Order, name: string, key: string) {
  return take(
    api.POST("/api/v1/templates", {
      body: { name, seller_id: order.seller_id, order_id: order.id },
      params: { header: { "Idempotency-Key": key } },
    }),
  );
}
