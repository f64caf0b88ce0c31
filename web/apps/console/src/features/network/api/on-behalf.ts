import { api, type components, match, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type OnBehalf = components["schemas"]["NewBehalfRule"]["says"];

const at = (seller: number, buyer: number) => ({ seller_id: seller, buyer_id: buyer });

/** What both sides of a link say about orders that the seller enters for the buyer. */
export function behalfQuery(seller: number, buyer: number) {
  return queryOptions({
    queryKey: ["on-behalf", seller, buyer],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/on-behalf/{seller_id}/{buyer_id}", { params: { path: at(seller, buyer) }, signal })),
  });
}

/** Say it for one's own side, starting from the version that was read. */
export function setBehalf(seller: number, buyer: number, says: OnBehalf, version: number) {
  return take(
    api.PUT("/api/v1/on-behalf/{seller_id}/{buyer_id}", {
      body: { says },
      params: { path: at(seller, buyer), header: match(version) },
    }),
  );
}
