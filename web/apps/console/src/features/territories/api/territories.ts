import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export type Place = components["schemas"]["Place"];
export type Coverage = components["schemas"]["Coverage"];
export type PlacesBody = components["schemas"]["PlacesBody"];
export type Tier = Place["tier"];
export type PlaceFilter = Omit<NonNullable<paths["/api/v1/territories"]["get"]["parameters"]["query"]>, "cursor">;
export type CoverageFilter = Omit<
  paths["/api/v1/territory-coverage"]["get"]["parameters"]["query"],
  "cursor" | "limit"
>;

/** Everything about territories stands under this key. */
export const territoriesKey = ["territories"];

/** Counties and whose they are: distributors' territories, or dealers' areas. */
export function placesQuery(tier: Tier, filter: PlaceFilter): PagesQuery<Place> {
  return {
    queryKey: [...territoriesKey, tier, filter],
    fetchPage: (cursor, signal) => {
      const params = { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } };
      return tier === "dealer"
        ? take(api.GET("/api/v1/areas", { params, signal }))
        : take(api.GET("/api/v1/territories", { params, signal }));
    },
  };
}

/** The regions inside one: how many of their counties have somebody. */
export function coverageQuery(filter: CoverageFilter | null) {
  return queryOptions({
    queryKey: [...territoriesKey, "coverage", filter],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/territory-coverage", {
          params: { query: { product_line_id: 0, on: "", ...filter, limit: 200 } },
          signal,
        }),
      ),
    enabled: filter !== null,
    placeholderData: keepPreviousData,
  });
}

/** The regions inside one, to choose from. */
export function regionsQuery(parent: number) {
  return queryOptions({
    queryKey: ["regions", parent],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/regions", { params: { query: { parent_id: parent, limit: 200 } }, signal })),
    staleTime: "static",
  });
}

/** Countries, from which every choice of a region begins. */
export const countriesQuery = queryOptions({
  queryKey: ["regions", "countries"],
  queryFn: ({ signal }) =>
    take(api.GET("/api/v1/regions", { params: { query: { level: "country", limit: 200 } }, signal })),
  staleTime: "static",
});

/** Give counties to a distributor or a dealer: all or none. */
export function grantPlaces(tier: Tier, body: PlacesBody, key: string) {
  const params = { header: { "Idempotency-Key": key } };
  return tier === "dealer"
    ? take(api.POST("/api/v1/areas", { body, params }))
    : take(api.POST("/api/v1/territories", { body, params }));
}

/** Take a county back from a day on. */
export function endPlace(tier: Tier, id: number, day: string, key: string) {
  const header = { "Idempotency-Key": key };
  const body = { valid_until: day };
  return tier === "dealer"
    ? take(api.POST("/api/v1/areas/{area_id}/end", { body, params: { path: { area_id: id }, header } }))
    : take(
        api.POST("/api/v1/territories/{territory_id}/end", { body, params: { path: { territory_id: id }, header } }),
      );
}
