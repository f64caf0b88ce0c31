import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";

export type Offer = components["schemas"]["Offer"];
export type OfferFilter = Omit<NonNullable<paths["/api/v1/prices"]["get"]["parameters"]["query"]>, "cursor" | "limit">;

/** What buyers pay by pack and tier: ourselves, or those who buy from us. */
export function offersQuery(filter: OfferFilter): PagesQuery<Offer> {
  return {
    queryKey: ["prices", "offers", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/prices", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}
