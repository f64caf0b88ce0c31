import { api, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

/** What the seller offers to the buyer of an order, by what was typed. */
export function offeredQuery(seller: number, buyer: number, q: string) {
  return queryOptions({
    queryKey: ["offers", "of-order", seller, buyer, q],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/prices", {
          params: { query: { seller_id: seller, buyer_id: buyer, sort: "name", limit: 20, ...(q ? { q } : {}) } },
          signal,
        }),
      ),
  });
}
