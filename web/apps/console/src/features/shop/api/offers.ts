import { api, type components, type PagesQuery, take } from "@lingqu/api";

export type Offer = components["schemas"]["Offer"];

/** What one seller offers to one buyer: a pack a row, with its tiers of price. */
export function offersQuery(seller: number, buyer: number, q: string): PagesQuery<Offer> {
  return {
    queryKey: ["offers", seller, buyer, q],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/prices", {
          params: {
            query: {
              seller_id: seller,
              buyer_id: buyer,
              sort: "name",
              ...(q ? { q } : {}),
              ...(cursor === undefined ? {} : { cursor }),
            },
          },
          signal,
        }),
      ),
  };
}
