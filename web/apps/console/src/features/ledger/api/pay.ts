import { api, type components, take } from "@lingqu/api";

export type Payment = components["schemas"]["Payment"];

/** Record what a buyer paid. */
export function payIn(body: Payment, key: string) {
  return take(api.POST("/api/v1/payments", { body, params: { header: { "Idempotency-Key": key } } }));
}
