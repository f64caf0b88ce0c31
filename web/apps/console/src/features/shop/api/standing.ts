import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import type { NewOrder } from "./place";

/** What we owe this seller for too long, and what follows for new orders. */
export function standingQuery(seller: number) {
  return queryOptions({
    queryKey: ["standing", seller],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/sellers/{seller_id}/standing", { params: { path: { seller_id: seller } }, signal })),
  });
}

/** Keep a basket and submit it to our own organization. */
export async function submitBasket(body: NewOrder, key: string) {
  const kept = await take(api.POST("/api/v1/drafts", { body, params: { header: { "Idempotency-Key": key } } }));
  return take(
    api.POST("/api/v1/drafts/{draft_id}/submission", {
      // Another call with another body: a key of its own, the same for the same wish.
      params: { path: { draft_id: kept.id }, header: { "Idempotency-Key": kept.id } },
    }),
  );
}
