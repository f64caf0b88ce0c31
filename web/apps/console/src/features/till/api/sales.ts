import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Sale = components["schemas"]["SaleLine"];
export type Slip = components["schemas"]["SaleSlip"];
export type SaleFilter = Omit<NonNullable<paths["/api/v1/sales"]["get"]["parameters"]["query"]>, "cursor" | "limit">;
export type DayTotals = components["schemas"]["DayTotals"];

/** Everything that a sale or refund changes stands under this key. */
export const salesKey = ["sales"];

export function salesQuery(filter: SaleFilter): PagesQuery<Sale> {
  return {
    queryKey: [...salesKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/sales", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One sale as its slip shows it. */
export function slipQuery(id: string) {
  return queryOptions({
    queryKey: [...salesKey, "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/sales/{order_id}", { params: { path: { order_id: id } }, signal })),
  });
}

/** What the own counter took on a day; without a day it is today. */
export function totalsQuery(day: string | undefined) {
  return queryOptions({
    queryKey: [...salesKey, "totals", day ?? ""],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/counter/totals", { params: { query: day ? { business_on: day } : {} }, signal })),
  });
}
