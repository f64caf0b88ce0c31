import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Member = components["schemas"]["Member"];
export type PointsLine = components["schemas"]["PointsLine"];
export type Sale = components["schemas"]["SaleLine"];
export type PointsAdjustment = components["schemas"]["PointsAdjustment"];
export type Registration = components["schemas"]["Registration"];
export type MemberFilter = Omit<
  NonNullable<paths["/api/v1/members"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

export const membersKey = ["members"];

export function membersQuery(filter: MemberFilter): PagesQuery<Member> {
  return {
    queryKey: [...membersKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/members", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

export function memberQuery(id: string) {
  return queryOptions({
    queryKey: [...membersKey, "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/members/{member_id}", { params: { path: { member_id: id } }, signal })),
  });
}

/** Points that came and went, the newest first. */
export function pointsQuery(id: string): PagesQuery<PointsLine> {
  return {
    queryKey: [...membersKey, "points", id],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/members/{member_id}/points", {
          params: { path: { member_id: id }, query: cursor === undefined ? {} : { cursor } },
          signal,
        }),
      ),
  };
}

/** What a member bought at the counters that the reader may see. */
export function purchasesQuery(id: string): PagesQuery<Sale> {
  return {
    queryKey: ["sales", "list", { member_id: id }],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/sales", {
          params: { query: { member_id: id, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

export function registerMember(body: Registration, key: string) {
  return take(api.POST("/api/v1/members", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Make somebody who is a member elsewhere known here. */
export function enrolMember(phone: string, key: string) {
  return take(
    api.POST("/api/v1/members/enrolments", { body: { phone }, params: { header: { "Idempotency-Key": key } } }),
  );
}

export function renameMember(id: string, name: string, version: number) {
  return take(
    api.PATCH("/api/v1/members/{member_id}", {
      body: { name },
      params: { path: { member_id: id }, header: match(version) },
    }),
  );
}

export function adjustPoints(id: string, body: PointsAdjustment, key: string) {
  return take(
    api.POST("/api/v1/members/{member_id}/points-adjustments", {
      body,
      params: { path: { member_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
