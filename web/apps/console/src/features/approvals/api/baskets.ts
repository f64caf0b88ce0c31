import { api, type components, type PagesQuery, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Draft = components["schemas"]["Draft"];
export type Offer = components["schemas"]["DraftOffer"];

export const basketsKey = ["baskets"];

/** Baskets of one's own organization, the last saved first. */
export const basketsQuery: PagesQuery<Draft> = {
  queryKey: [...basketsKey, "list"],
  fetchPage: (cursor, signal) =>
    take(api.GET("/api/v1/drafts", { params: { query: cursor === undefined ? {} : { cursor } }, signal })),
};

/** What a basket would cost now. */
export function offerQuery(id: string) {
  return queryOptions({
    queryKey: [...basketsKey, "offer", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/drafts/{draft_id}/offer", { params: { path: { draft_id: id } }, signal })),
  });
}

/** Let a basket leave, only if it still costs what was shown; or send it back. */
export function releaseBasket(id: string, body: components["schemas"]["Release"], key: string) {
  return take(
    api.POST("/api/v1/drafts/{draft_id}/release", {
      body,
      params: { path: { draft_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}

export function submitBasket(id: string, key: string) {
  return take(
    api.POST("/api/v1/drafts/{draft_id}/submission", {
      params: { path: { draft_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}

export function takeBackBasket(id: string) {
  return take(api.DELETE("/api/v1/drafts/{draft_id}/submission", { params: { path: { draft_id: id } } }));
}

export function discardBasket(id: string) {
  return take(api.DELETE("/api/v1/drafts/{draft_id}", { params: { path: { draft_id: id } } }));
}
