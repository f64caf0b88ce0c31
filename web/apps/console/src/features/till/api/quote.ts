import { api, type components, take } from "@lingqu/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export type Quote = components["schemas"]["Quote"];
type QuoteLine = components["schemas"]["QuoteLine"];

/** What a consumer pays at this counter now; a former answer stays on the screen while the next one comes. */
export function counterQuoteQuery(seller: number, lines: QuoteLine[]) {
  return queryOptions({
    queryKey: ["quote", "counter", seller, lines],
    queryFn: ({ signal }) => take(api.POST("/api/v1/quotes", { body: { seller_id: seller, lines }, signal })),
    enabled: lines.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
