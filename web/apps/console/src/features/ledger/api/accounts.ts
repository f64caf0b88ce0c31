import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Account = components["schemas"]["Account"];
export type AccountFilter = Omit<
  NonNullable<paths["/api/v1/accounts"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

/** Everything about money stands under this key. */
export const ledgerKey = ["ledger"];

/** Our accounts, and those that others keep for us. */
export function accountsQuery(filter: AccountFilter): PagesQuery<Account> {
  return {
    queryKey: [...ledgerKey, "accounts", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/accounts", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One account. */
export function accountQuery(id: string) {
  return queryOptions({
    queryKey: [...ledgerKey, "account", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/accounts/{account_id}", { params: { path: { account_id: id } }, signal })),
  });
}
