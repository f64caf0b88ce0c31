import { api, type components, type PagesQuery, take } from "@lingqu/api";

export type Seller = components["schemas"]["LinkLine"];

/** Those whom this organization may buy from. */
export function sellersQuery(buyer: number): PagesQuery<Seller> {
  return {
    queryKey: ["links", "sellers", buyer],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/links", {
          params: {
            query: { buyer_id: buyer, status: "active", sort: "seller", ...(cursor === undefined ? {} : { cursor }) },
          },
          signal,
        }),
      ),
  };
}
