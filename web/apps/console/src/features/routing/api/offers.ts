import { api, type components, match, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type MadeOffer = components["schemas"]["MadeOffer"];
export type NewOffer = components["schemas"]["NewDirectOffer"];

export const offersKey = ["routing", "offers"] as const;

/** Whose buyers one offers to send straight to. */
export const offersQuery = queryOptions({
  queryKey: offersKey,
  queryFn: ({ signal }) => take(api.GET("/api/v1/routing/direct-offers", { signal })),
});

/** Make or change the offer to one buyer, starting from the version that was read. */
export function setOffer(buyer: number, body: NewOffer, version: number) {
  return take(
    api.PUT("/api/v1/routing/direct-offers/{buyer_id}", {
      body,
      params: { path: { buyer_id: buyer }, header: match(version) },
    }),
  );
}
