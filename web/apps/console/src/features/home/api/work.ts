import { api, type components, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type OrderSummary = components["schemas"]["OrderSummary"];
export type StockLine = components["schemas"]["StockLine"];
export type Agreement = components["schemas"]["Agreement"];
export type Account = components["schemas"]["Account"];

type OrderFilter = NonNullable<paths["/api/v1/orders"]["get"]["parameters"]["query"]>;

const SHOWN = 5;

/** The first orders that wait for something. */
export function waitingOrdersQuery(filter: OrderFilter) {
  return queryOptions({
    queryKey: ["orders", "home", filter],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/orders", { params: { query: { limit: SHOWN, ...filter } }, signal })),
  });
}

/** What waits for this person's decision, and how much that is. */
export const approvalsQuery = queryOptions({
  queryKey: ["approvals", "home"],
  queryFn: async ({ signal }) => {
    const [listed, counted] = await Promise.all([
      take(api.GET("/api/v1/approvals", { params: { query: { limit: SHOWN } }, signal })),
      take(api.GET("/api/v1/approvals/count", { signal })),
    ]);
    return { items: listed.items, count: counted.count };
  },
});

/** Own goods that expire soon, the next first. */
export function expiringQuery(organization: number, days: number) {
  return queryOptions({
    queryKey: ["stock", "home", organization, days],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/stock", {
          params: {
            query: { organization_id: organization, expires_within_days: days, sort: "expiry", limit: SHOWN },
          },
          signal,
        }),
      ),
  });
}

/** The money that sellers keep for us: put down, and on credit. */
export function moneyQuery(organization: number) {
  return queryOptions({
    queryKey: ["ledger", "home", organization],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/accounts", { params: { query: { counterparty_id: organization, limit: 20 } }, signal })),
  });
}

/** What the own counter took today. It stands under the key of sales, so that one just made is in it. */
export const todayQuery = queryOptions({
  queryKey: ["sales", "home"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/counter/totals", { params: { query: {} }, signal })),
});

/** Credit that is owed longer than agreed, the most first: to one organization, by it, or in the whole channel. */
export function overdueQuery(side: "granted" | "used" | "all", organization: number) {
  return queryOptions({
    queryKey: ["credit", "home", side, organization],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/credit-agreements", {
          params: {
            query: {
              ...(side === "granted" ? { seller_id: organization } : {}),
              ...(side === "used" ? { buyer_id: organization } : {}),
              is_overdue: true,
              sort: "-overdue",
              limit: SHOWN,
            },
          },
          signal,
        }),
      ),
  });
}
