import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Agreement = components["schemas"]["Agreement"];
export type Grant = components["schemas"]["lingqu.modules.credit.grant.Grant"];
export type AgreementEdit = components["schemas"]["AgreementEdit"];
export type AgreementFilter = Omit<
  NonNullable<paths["/api/v1/credit-agreements"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

export const creditKey = ["credit"];

export function agreementsQuery(filter: AgreementFilter): PagesQuery<Agreement> {
  return {
    queryKey: [...creditKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/credit-agreements", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

export function agreementQuery(id: number) {
  return queryOptions({
    queryKey: [...creditKey, "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/credit-agreements/{agreement_id}", { params: { path: { agreement_id: id } }, signal })),
  });
}

export function grantCredit(body: Grant, key: string) {
  return take(api.POST("/api/v1/credit-agreements", { body, params: { header: { "Idempotency-Key": key } } }));
}

export function changeCredit(id: number, body: AgreementEdit, version: number) {
  return take(
    api.PATCH("/api/v1/credit-agreements/{agreement_id}", {
      body,
      params: { path: { agreement_id: id }, header: match(version) },
    }),
  );
}

/** Lend nothing more; what is owed stays owed. */
export function suspendCredit(agreement: Agreement, reason: string, key: string) {
  return take(
    api.POST("/api/v1/credit-agreements/{agreement_id}/suspension", {
      body: { reason },
      params: {
        path: { agreement_id: agreement.id },
        header: { ...match(agreement.version), "Idempotency-Key": key },
      },
    }),
  );
}

export function resumeCredit(agreement: Agreement, key: string) {
  return take(
    api.POST("/api/v1/credit-agreements/{agreement_id}/resumption", {
      params: {
        path: { agreement_id: agreement.id },
        header: { ...match(agreement.version), "Idempotency-Key": key },
      },
    }),
  );
}

/** Whom credit may be granted to: those who may buy here. */
export function buyersQuery(seller: number, q: string) {
  return queryOptions({
    queryKey: ["links", "buyers", seller, q],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/links", {
          params: { query: { seller_id: seller, status: "active", sort: "buyer", limit: 50, ...(q ? { q } : {}) } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}

/** In which currency an organization sells. */
export function currencyQuery(organization: number) {
  return queryOptions({
    queryKey: ["organizations", "currency", organization],
    queryFn: async ({ signal }) =>
      (
        await take(
          api.GET("/api/v1/organizations/{organization_id}", {
            params: { path: { organization_id: organization } },
            signal,
          }),
        )
      ).currency,
    staleTime: 600_000,
  });
}
