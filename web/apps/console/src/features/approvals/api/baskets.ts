import { api, type components, match, type PagesQuery, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Draft = components["schemas"]["Draft"];
export type Offer = components["schemas"]["DraftOffer"];

export const basketsKey = ["baskets"];

export type BasketFilter = Partial<Record<"q" | "state" | "sort", string>>;

const at = (id: string) => ({ draft_id: id });

/** Baskets of one's own organization, the last saved first. */
export function basketsQuery({ q, state, sort }: BasketFilter): PagesQuery<Draft> {
  return {
    queryKey: [...basketsKey, "list", { q, state, sort }],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/drafts", {
          params: {
            query: {
              ...(q ? { q } : {}),
              ...(state ? { state: state as Draft["state"] } : {}),
              ...(sort ? { sort } : {}),
              ...(cursor === undefined ? {} : { cursor }),
            },
          },
          signal,
        }),
      ),
  };
}

/** One kept basket. */
export function basketQuery(id: string) {
  return queryOptions({
    queryKey: [...basketsKey, "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/drafts/{draft_id}", { params: { path: at(id) }, signal })),
  });
}

export function describeBasket(id: string, body: components["schemas"]["DraftWords"], version: number) {
  return take(api.PATCH("/api/v1/drafts/{draft_id}", { body, params: { path: at(id), header: match(version) } }));
}

/** Keep the same once more. The same key keeps it once. */
export function copyBasket(id: string, body: components["schemas"]["DraftCopy"], key: string) {
  return take(
    api.POST("/api/v1/drafts/{draft_id}/copies", {
      body,
      params: { path: at(id), header: { "Idempotency-Key": key } },
    }),
  );
}

export function restoreBasket(id: string) {
  return take(api.POST("/api/v1/drafts/{draft_id}/restoration", { params: { path: at(id) } }));
}

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
