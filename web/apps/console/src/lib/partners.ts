import { api, take } from "@lingqu/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

/** Links of this organization on one side, found by the partner's name. */
export function partnersQuery(own: number, side: "buyer" | "seller", q: string) {
  const at = side === "buyer" ? { buyer_id: own } : { seller_id: own };
  return queryOptions({
    queryKey: ["links", "partners", own, side, q],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/links", {
          params: { query: { ...at, sort: side === "buyer" ? "seller" : "buyer", limit: 50, ...(q ? { q } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
