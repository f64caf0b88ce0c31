import { api, type components, match, type PagesQuery, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Standing = components["schemas"]["Standing"];
export type StandingDocument = components["schemas"]["StandingDocument"];
export type StandingContent = components["schemas"]["StandingContent"];
export type Rhythm = components["schemas"]["Rhythm"];
export type Demand = components["schemas"]["Demand"];

export const standingKey = ["standing"] as const;

const at = (id: string) => ({ standing_id: id });

/** Standing orders of one side; ended ones are left out. */
export function standingQuery(side: "buying" | "selling"): PagesQuery<Standing> {
  return {
    queryKey: [...standingKey, side],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/standing-orders", {
          params: { query: { side, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One standing order with its dates so far. */
export function oneStandingQuery(id: string) {
  return queryOptions({
    queryKey: [...standingKey, "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/standing-orders/{standing_id}", { params: { path: at(id) }, signal })),
  });
}

/** What standing orders will ask of this seller in the next weeks. */
export function demandQuery(days: number) {
  return queryOptions({
    queryKey: [...standingKey, "demand", days],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/standing-orders/demand", { params: { query: { days, limit: 50 } }, signal })),
  });
}

/** Make a standing order. The same key makes it once. */
export function saveStanding(body: components["schemas"]["NewStanding"], key: string) {
  return take(api.POST("/api/v1/standing-orders", { body, params: { header: { "Idempotency-Key": key } } }));
}

export function replaceStanding(id: string, body: StandingContent, version: number) {
  return take(
    api.PUT("/api/v1/standing-orders/{standing_id}", { body, params: { path: at(id), header: match(version) } }),
  );
}

export function endStanding(id: string) {
  return take(api.DELETE("/api/v1/standing-orders/{standing_id}", { params: { path: at(id) } }));
}
