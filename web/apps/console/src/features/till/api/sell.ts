import { api, type components, ProblemError, take } from "@lingqu/api";

export type NewSale = components["schemas"]["NewSale"];
export type Sold = components["schemas"]["Placed"];
export type Tender = NonNullable<NewSale["tender"]>;

export const TENDERS = ["cash", "wechat", "alipay", "card", "transfer"] as const satisfies Tender[];

/** Sell at the counter. The same key sells once, however often it is sent. */
export function sellGoods(sale: NewSale, key: string) {
  return take(api.POST("/api/v1/sales", { body: sale, params: { header: { "Idempotency-Key": key } } }));
}

const AGAIN = new Set([0, 401, 408, 425, 429]);

/** Tell whether it is unknown if the server sold: no answer came, or not its own. Such a sale is sent again. */
export function isUnanswered(error: unknown): boolean {
  return !(error instanceof ProblemError) || AGAIN.has(error.status) || error.status >= 500;
}
