import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type OrganizationLine = components["schemas"]["OrganizationLine"];
export type Organization = components["schemas"]["Organization"];
export type OrganizationEdit = components["schemas"]["OrganizationEdit"];
export type Application = components["schemas"]["Application"];
export type OrganizationFilter = Omit<
  NonNullable<paths["/api/v1/organizations"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;
export type Step = components["schemas"]["Step"];

/** Everything about organizations stands under this key. */
export const organizationsKey = ["organizations"];

/** The own organization and those below it. */
export function organizationsQuery(filter: OrganizationFilter): PagesQuery<OrganizationLine> {
  return {
    queryKey: [...organizationsKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/organizations", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** Everything about one organization. */
export function organizationQuery(id: number) {
  return queryOptions({
    queryKey: [...organizationsKey, "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/organizations/{organization_id}", { params: { path: { organization_id: id } }, signal })),
  });
}

/** Its application and the steps of its life. */
export function historyQuery(id: number) {
  return queryOptions({
    queryKey: [...organizationsKey, "history", id],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/organizations/{organization_id}/history", {
          params: { path: { organization_id: id } },
          signal,
        }),
      ),
  });
}

/** Change an organization's record. */
export function editOrganization(id: number, body: OrganizationEdit, version: number) {
  return take(
    api.PATCH("/api/v1/organizations/{organization_id}", {
      body,
      params: { path: { organization_id: id }, header: match(version) },
    }),
  );
}

/** Ask for a new organization; two levels above decide. */
export function applyForOrganization(body: Application, key: string) {
  return take(api.POST("/api/v1/organizations", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Agree to an application or turn it down. */
export function decideOnOrganization(id: number, isApproved: boolean, reason: string, key: string) {
  return take(
    api.POST("/api/v1/organizations/{organization_id}/decisions", {
      body: { is_approved: isApproved, reason },
      params: { path: { organization_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}

/** Activate, suspend, resume or close. */
export function takeStep(id: number, step: Step, reason: string, key: string) {
  return take(
    api.POST("/api/v1/organizations/{organization_id}/steps", {
      body: { step, reason },
      params: { path: { organization_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
