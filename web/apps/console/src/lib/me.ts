import { api, type components, take } from "@lingqu/api";
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";

export type Me = components["schemas"]["Me"];

/** Who is signed in. The shell loads it before any page is drawn. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/me", { signal })),
  staleTime: 60_000,
  retry: false,
});

/** The signed-in user, on every page inside the shell. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}
