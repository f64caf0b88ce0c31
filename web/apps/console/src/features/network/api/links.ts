import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type LinkLine = components["schemas"]["LinkLine"];
export type TradeLink = components["schemas"]["Link"];
export type Grant = TradeLink["grants"][number];
export type GrantBody = components["schemas"]["GrantBody"];
export type GrantDays = components["schemas"]["GrantDays"];
export type LinkBody = components["schemas"]["LinkBody"];
export type LinkEdit = components["schemas"]["LinkEdit"];
export type LinkFilter = Omit<NonNullable<paths["/api/v1/links"]["get"]["parameters"]["query"]>, "cursor">;

export const CAPABILITIES = ["order", "see-stock", "see-price", "return"] as const;
export const POLICIES = ["all-or-nothing", "take-free", "back-order"] as const;

/** Everything about trade links stands under this key. */
export const linksKey = ["links"];

/** Trade links in which one's side sells or buys. */
export function linksQuery(filter: LinkFilter): PagesQuery<LinkLine> {
  return {
    queryKey: [...linksKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/links", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One link with every grant it ever had. */
export function linkQuery(id: number) {
  return queryOptions({
    queryKey: [...linksKey, "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/links/{link_id}", { params: { path: { link_id: id } }, signal })),
  });
}

/** Let a buyer trade with a seller. */
export function addLink(body: LinkBody, key: string) {
  return take(api.POST("/api/v1/links", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Change terms or status, from the version that was read. */
export function editLink(id: number, body: LinkEdit, version: number) {
  return take(
    api.PATCH("/api/v1/links/{link_id}", { body, params: { path: { link_id: id }, header: match(version) } }),
  );
}

/** Allow one more thing. */
export function grantRight(id: number, body: GrantBody, key: string) {
  return take(
    api.POST("/api/v1/links/{link_id}/grants", {
      body,
      params: { path: { link_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}

/** Take a grant back; the next request goes without it. */
export function revokeGrant(id: number, grant: number, reason: string, key: string) {
  return take(
    api.POST("/api/v1/links/{link_id}/grants/{grant_id}/revocation", {
      body: { reason },
      params: { path: { link_id: id, grant_id: grant }, header: { "Idempotency-Key": key } },
    }),
  );
}

/** Move the days of a grant; sent twice they are the same. */
export function setGrantDays(id: number, grant: number, body: GrantDays) {
  return take(
    api.PUT("/api/v1/links/{link_id}/grants/{grant_id}/days", {
      body,
      params: { path: { link_id: id, grant_id: grant } },
    }),
  );
}
