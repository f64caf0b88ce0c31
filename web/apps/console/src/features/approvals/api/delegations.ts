import { api, type components, type PagesQuery, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

import { approvalsKey } from "./to-do";

export type Delegation = components["schemas"]["Delegation"];
export type NewDelegation = components["schemas"]["NewDelegation"];

/** Who decides for one, and for whom one decides. */
export const delegationsQuery: PagesQuery<Delegation> = {
  queryKey: [...approvalsKey, "delegations"],
  fetchPage: (cursor, signal) =>
    take(api.GET("/api/v1/delegations", { params: { query: cursor === undefined ? {} : { cursor } }, signal })),
};

/** To whom one may hand decisions. */
export const colleaguesQuery = queryOptions({
  queryKey: [...approvalsKey, "colleagues"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/delegations/colleagues", { signal })),
});

/** Let a colleague decide for a while. */
export function delegate(body: NewDelegation, key: string) {
  return take(api.POST("/api/v1/delegations", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Take decisions back. */
export function revoke(id: number, key: string) {
  return take(
    api.POST("/api/v1/delegations/{delegation_id}/revocation", {
      params: { path: { delegation_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
