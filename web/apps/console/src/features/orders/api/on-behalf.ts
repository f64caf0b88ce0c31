import { api, type components, take } from "@lingqu/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

type NewOrder = components["schemas"]["NewOrder"];
type QuoteLine = components["schemas"]["QuoteLine"];

/** Whether this seller may order for a buyer, and whether that one has to agree. */
export function behalfQuery(seller: number, buyer: number) {
  return queryOptions({
    queryKey: ["on-behalf", seller, buyer],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/on-behalf/{seller_id}/{buyer_id}", {
          params: { path: { seller_id: seller, buyer_id: buyer } },
          signal,
        }),
      ),
    enabled: buyer > 0,
  });
}

/** What the order would cost its buyer. */
export function costQuery(seller: number, buyer: number, lines: QuoteLine[]) {
  return queryOptions({
    queryKey: ["quote", seller, buyer, lines],
    queryFn: ({ signal }) =>
      take(api.POST("/api/v1/quotes", { body: { seller_id: seller, buyer_id: buyer, lines }, signal })),
    enabled: buyer > 0 && lines.length > 0,
    placeholderData: keepPreviousData,
  });
}

/** Place an order for a buyer. The same key places it once. */
export function placeFor(body: NewOrder, key: string) {
  return take(api.POST("/api/v1/orders", { body, params: { header: { "Idempotency-Key": key } } }));
}
