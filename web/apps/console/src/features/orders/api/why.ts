import { api, type components, ProblemError, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { ordersKey } from "./orders";

export type Decisions = components["schemas"]["Decisions"];

/** Why the lines of an order leave from where they do; null where nobody had to choose. */
export function whyQuery(id: string) {
  return queryOptions({
    queryKey: [...ordersKey, "why", id],
    queryFn: async ({ signal }): Promise<Decisions | null> => {
      try {
        return await take(
          api.GET("/api/v1/routing/decisions/{order_id}", { params: { path: { order_id: id } }, signal }),
        );
      } catch (error) {
        if (error instanceof ProblemError && error.status === 404) return null;
        throw error;
      }
    },
  });
}
