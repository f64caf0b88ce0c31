import { api, type components, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { ordersKey } from "./orders";

export type Decisions = components["schemas"]["Decisions"];

/** Why the lines of a routed order leave from where they do. */
export function whyQuery(id: string) {
  return queryOptions({
    queryKey: [...ordersKey, "why", id],
    queryFn: async ({ signal }): Promise<Decisions> =>
      take(api.GET("/api/v1/routing/decisions/{order_id}", { params: { path: { order_id: id } }, signal })),
  });
}
