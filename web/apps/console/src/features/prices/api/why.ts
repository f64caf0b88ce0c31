import { api, type components, take } from "@lingqu/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export type QuoteAsk = components["schemas"]["QuoteAsk"];
export type TraceStep = components["schemas"]["TraceStep"];

/** The price of one pack with everything that was weighed against it. */
export function whyQuery(ask: QuoteAsk) {
  return queryOptions({
    queryKey: ["prices", "why", ask],
    queryFn: ({ signal }) => take(api.POST("/api/v1/quotes", { body: ask, signal })),
    placeholderData: keepPreviousData,
  });
}
