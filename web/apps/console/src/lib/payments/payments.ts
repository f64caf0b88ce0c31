import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type OnlinePayment = components["schemas"]["OnlinePayment"];
export type PaymentLog = components["schemas"]["PaymentLog"];
export type PaymentFilter = Omit<
  NonNullable<paths["/api/v1/online-payments"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

/** Everything about online payments stands under this key. */
export const paymentsKey = ["online-payments"];

const LOOK_MS = 2_000;

/** What is paid online on either side; operators see all. */
export function paymentsQuery(filter: PaymentFilter): PagesQuery<OnlinePayment> {
  return {
    queryKey: [...paymentsKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/online-payments", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One payment with its steps; looked at again while it is on its way. */
export function paymentQuery(id: string) {
  return queryOptions({
    queryKey: [...paymentsKey, "one", id],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/online-payments/{payment_id}", { params: { path: { payment_id: id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data && ["opening", "open", "refunding"].includes(state.data.payment.state) ? LOOK_MS : false,
  });
}

/** What came in online for an order and stayed. */
export function receivedQuery(order: string) {
  return queryOptions({
    queryKey: [...paymentsKey, "received", order],
    queryFn: async ({ signal }) => {
      const query = { order_id: order, state: "paid" as const, limit: 100 };
      const found = await take(api.GET("/api/v1/online-payments", { params: { query }, signal }));
      return found.items.reduce((sum, one) => sum + one.amount_minor, 0);
    },
  });
}

/** Pay a seller: an order, or in advance. */
export function startPayment(body: components["schemas"]["NewOnlinePayment"], key: string) {
  return take(api.POST("/api/v1/online-payments", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Let go of a payment that nobody will make. */
export function cancelPayment(id: string, key: string) {
  return take(
    api.POST("/api/v1/online-payments/{payment_id}/cancellation", {
      params: { path: { payment_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}

/** Try a stuck step again. */
export function retryPayment(id: string, key: string) {
  return take(
    api.POST("/api/v1/online-payments/{payment_id}/retry", {
      params: { path: { payment_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}

/** End a stuck payment with a reason. */
export function giveUpPayment(id: string, reason: string, key: string) {
  return take(
    api.POST("/api/v1/online-payments/{payment_id}/giving-up", {
      body: { reason },
      params: { path: { payment_id: id }, header: { "Idempotency-Key": key } },
    }),
  );
}
