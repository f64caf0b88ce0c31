import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";

export type OrderSummary = components["schemas"]["OrderSummary"];
export type OrderFilter = Omit<NonNullable<paths["/api/v1/orders"]["get"]["parameters"]["query"]>, "cursor" | "limit">;

/** Every list and document of orders stands under this key. */
export const ordersKey = ["orders"];

/** Orders bought or sold. */
export function ordersQuery(filter: OrderFilter): PagesQuery<OrderSummary> {
  return {
    queryKey: [...ordersKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/orders", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}
