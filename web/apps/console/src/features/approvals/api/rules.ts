import { api, type components, match, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Rules = components["schemas"]["ApprovalRules"];
export type NewRules = components["schemas"]["NewApprovalRules"];
export type Rule = components["schemas"]["ApprovalRule"];
export type LatePolicy = components["schemas"]["LatePolicy"];
export type NewLatePolicy = components["schemas"]["NewLatePolicy"];
export type ReleaseRule = components["schemas"]["ReleaseRule"];

export const rulesKey = ["approval-rules"];

/** One's own rules; version 0 where none were kept yet. */
export const rulesQuery = queryOptions({
  queryKey: [...rulesKey, "orders"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/approval-rules", { signal })),
});

/** Keep rules, starting from the version that was read. */
export function setRules(body: NewRules, version: number) {
  return take(api.PUT("/api/v1/approval-rules", { body, params: { header: match(version) } }));
}

/** What happens to buyers who pay late, the policy for everybody first. */
export const lateQuery = queryOptions({
  queryKey: [...rulesKey, "late"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/late-policies", { signal })),
});

/** Set a policy for one buyer, or for everybody. */
export function setLate(buyer: number | null, body: NewLatePolicy, version: number) {
  const header = match(version);
  return buyer === null
    ? take(api.PUT("/api/v1/late-policies/default", { body, params: { header } }))
    : take(api.PUT("/api/v1/late-policies/{buyer_id}", { body, params: { path: { buyer_id: buyer }, header } }));
}

/** Above which amount one's own purchases need a release. */
export const releaseRuleQuery = queryOptions({
  queryKey: [...rulesKey, "release"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/release-rule", { signal })),
});

export function setReleaseRule(above: number | null, version: number) {
  return take(api.PUT("/api/v1/release-rule", { body: { above_minor: above }, params: { header: match(version) } }));
}
