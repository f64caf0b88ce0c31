import { api, type components, match, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type ReturnSummary = components["schemas"]["JointSummary"];
export type ReturnDocument = components["schemas"]["JointReturn"];
export type ReturnLine = components["schemas"]["JointLine"];
export type Plan = components["schemas"]["ReturnPlan"];
export type PlannedLine = components["schemas"]["PlannedReturn"];
export type BackGoods = components["schemas"]["BackGoods"];
export type Decision = components["schemas"]["JointDecision"];
export type ReturnRule = components["schemas"]["ReturnRule"];
export type NewReturnRule = components["schemas"]["NewReturnRule"];
export type ReturnFilter = Omit<
  NonNullable<paths["/api/v1/joint-returns"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

export const returnsKey = ["joint-returns"];

/** Returns over many orders, of either side. */
export function returnsQuery(filter: ReturnFilter): PagesQuery<ReturnSummary> {
  return {
    queryKey: [...returnsKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/joint-returns", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One return with its lines. */
export function returnQuery(id: string) {
  return queryOptions({
    queryKey: [...returnsKey, "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/joint-returns/{joint_id}", { params: { path: { joint_id: id } }, signal })),
  });
}

export interface Partners {
  seller_id: number;
  buyer_id?: number;
}

/** On which orders goods would be booked, and what each line brings. */
export function planReturn(of: Partners, lines: BackGoods[]) {
  return take(api.POST("/api/v1/joint-returns/plans", { body: { ...of, lines } }));
}

/** The same for rows pasted out of a spreadsheet or a CSV file. */
export function pasteReturn(of: Partners, text: string) {
  return take(api.POST("/api/v1/joint-returns/pasted", { body: { ...of, text } }));
}

/** Ask for what a plan shows, exactly like it is shown. The same key asks once. */
export function askReturn(of: Partners, plan: Plan, reason: string, key: string) {
  const shares = plan.lines.map(({ order_id, line_no, quantity, refund_minor }) => ({
    order_id,
    line_no,
    quantity,
    refund_minor,
  }));
  return take(
    api.POST("/api/v1/joint-returns", {
      body: { ...of, lines: plan.goods, reason, plan: shares },
      params: { header: { "Idempotency-Key": key } },
    }),
  );
}

/** Take goods back, whole or in part, or turn the request down. */
export function decideReturn(id: string, body: Decision, key: string) {
  return take(
    api.POST("/api/v1/joint-returns/{joint_id}/decision", {
      body,
      params: { path: { joint_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}

/** On which purchases returned goods are booked, and for how long they are taken back. */
export const ruleQuery = queryOptions({
  queryKey: [...returnsKey, "rule"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/return-rule", { signal })),
});

export function setRule(body: NewReturnRule, version: number) {
  return take(api.PUT("/api/v1/return-rule", { body, params: { header: match(version) } }));
}
