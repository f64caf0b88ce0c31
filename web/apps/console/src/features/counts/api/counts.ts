import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type CountHead = components["schemas"]["CountHead"];
export type CountSheet = components["schemas"]["CountSheet"];
export type CountLine = NonNullable<CountSheet["lines"]>[number];
export type Counted = components["schemas"]["Counted"];
export type NewCount = components["schemas"]["NewCount"];
export type CountFilter = Omit<
  NonNullable<paths["/api/v1/stock/counts"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

export const countsKey = ["counts"];

export function countsQuery(filter: CountFilter): PagesQuery<CountHead> {
  return {
    queryKey: [...countsKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/stock/counts", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

export function countQuery(id: string) {
  return queryOptions({
    queryKey: [...countsKey, "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/stock/counts/{sheet_id}", { params: { path: { sheet_id: id } }, signal })),
  });
}

export function openCount(body: NewCount, key: string) {
  return take(api.POST("/api/v1/stock/counts", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Enter what was found; the answer is the sheet with what the books said in that moment. */
export function enterCount(id: string, lines: Counted[], version: number) {
  return take(
    api.PUT("/api/v1/stock/counts/{sheet_id}/lines", {
      body: { lines },
      params: { path: { sheet_id: id }, header: match(version) },
    }),
  );
}

/** Put the stock right by the differences. */
export function postCount(id: string, version: number, key: string) {
  return take(
    api.POST("/api/v1/stock/counts/{sheet_id}/posting", {
      params: { path: { sheet_id: id }, header: { ...match(version), "Idempotency-Key": key } },
    }),
  );
}

export function cancelCount(id: string, version: number, key: string) {
  return take(
    api.POST("/api/v1/stock/counts/{sheet_id}/cancellation", {
      params: { path: { sheet_id: id }, header: { ...match(version), "Idempotency-Key": key } },
    }),
  );
}

/** What a scanned code stands for. */
export function findCode(code: string) {
  return take(api.GET("/api/v1/codes/{code}", { params: { path: { code } } }));
}
