import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export type AuditEntry = components["schemas"]["AuditEntry"];
export type AuditFilter = Omit<NonNullable<paths["/api/v1/audit"]["get"]["parameters"]["query"]>, "cursor">;

/** What people of the own organization changed, the newest first. */
export function auditQuery(filter: AuditFilter): PagesQuery<AuditEntry> {
  return {
    queryKey: ["audit", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/audit", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** People of the own organization, to ask for the changes of one of them. */
export function peopleQuery(party: string, q: string) {
  return queryOptions({
    queryKey: ["users", "people", party, q],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/users", {
          params: { query: { party_id: party, limit: 100, ...(q ? { q } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
