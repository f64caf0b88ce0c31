import { api, take } from "@lingqu/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export type Kind = "platform" | "brand" | "supplier" | "distributor" | "dealer";

/** Organizations that one sees and a word finds, to choose one of them. */
export function choicesQuery(q: string, kind: Kind | undefined) {
  return queryOptions({
    queryKey: ["organizations", "choices", q, kind],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/organizations", {
          params: { query: { limit: 50, ...(q ? { q } : {}), ...(kind ? { kind } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** One organization by its id, for the name of what is chosen already. */
export function chosenQuery(id: number | undefined) {
  return queryOptions({
    queryKey: ["organizations", "one", id],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/organizations/{organization_id}", { params: { path: { organization_id: id ?? 0 } }, signal }),
      ),
    enabled: id !== undefined,
    staleTime: 30_000,
  });
}

/** Product lines of the brands around one; few enough to be read at once. */
export const productLinesQuery = queryOptions({
  queryKey: ["product-lines"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/product-lines", { params: { query: { limit: 200 } }, signal })),
  staleTime: 60_000,
});
