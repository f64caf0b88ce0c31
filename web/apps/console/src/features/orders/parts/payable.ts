import { useQuery } from "@tanstack/react-query";

import { useCan } from "../../../lib/access";
import { receivedQuery } from "../../../lib/payments/payments";
import type { Order } from "../api/order";

const OVER = new Set(["cancelled", "expired"]);

/** What is on credit for an order and was not paid online for it; the server refuses a payment where it is nothing. */
export function payableOf(order: Order, receivedMinor: number): number {
  if (order.side !== "buyer" || OVER.has(order.status)) return 0;
  const onCredit = order.payments
    .filter((one) => one.account_kind === "credit")
    .reduce((sum, one) => sum + one.amount_minor - one.released_minor - one.refunded_minor, 0);
  return Math.max(0, Math.min(order.unpaid_minor ?? 0, onCredit - receivedMinor));
}

/** What this reader may pay online of an order now; 0 until it is known. */
export function usePayable(order: Order): number {
  const can = useCan();
  const isPayer = can("payments.pay") && payableOf(order, 0) > 0;
  const received = useQuery({ ...receivedQuery(order.id), enabled: isPayer && can("payments.see") });
  if (!isPayer || received.isLoading) return 0;
  return payableOf(order, received.data ?? 0);
}
