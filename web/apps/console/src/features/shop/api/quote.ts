import { api, type components, take } from "@lingqu/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export type Quote = components["schemas"]["Quote"];
export type PricedLine = components["schemas"]["PricedLine"];
export type QuoteLine = components["schemas"]["QuoteLine"];

/** What an order would cost now. The former answer stays on the screen while the next one comes. */
export function quoteQuery(seller: number, buyer: number, lines: QuoteLine[]) {
  return queryOptions({
    queryKey: ["quote", seller, buyer, lines],
    queryFn: ({ signal }) =>
      take(api.POST("/api/v1/quotes", { body: { seller_id: seller, buyer_id: buyer, lines }, signal })),
    enabled: lines.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
