import { api, take } from "@lingqu/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

/** Those who buy from a seller, found by name. */
export function buyersQuery(seller: number, q: string) {
  return queryOptions({
    queryKey: ["links", "buyers", seller, q],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/links", {
          params: { query: { seller_id: seller, status: "active", sort: "buyer", limit: 50, ...(q ? { q } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
