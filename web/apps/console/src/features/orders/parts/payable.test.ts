import { expect, test } from "vitest";

import type { Order } from "../api/order";
import { payableOf } from "./payable";

function order(unpaid: number, given: object = {}): Order {
  const part = { settled_minor: 0, released_minor: 0, refunded_minor: 0 };
  const payments = [
    { ...part, account_kind: "prepaid", amount_minor: 500 },
    { ...part, account_kind: "credit", amount_minor: 1000, released_minor: 100 },
  ];
  return { status: "confirmed", side: "buyer", payments, unpaid_minor: unpaid, ...given } as unknown as Order;
}

test("what is owed or will be is to be paid, and no more than was not paid online before", () => {
  expect(payableOf(order(900), 0)).toBe(900);
  expect(payableOf(order(300), 0)).toBe(300);
  expect(payableOf(order(900), 600)).toBe(300);
  expect(payableOf(order(900), 950)).toBe(0);
});

test("nothing is to be paid where all is paid, the order is over, or the reader is not its buyer", () => {
  expect(payableOf(order(0), 0)).toBe(0);
  expect(payableOf(order(900, { status: "cancelled" }), 0)).toBe(0);
  expect(payableOf(order(900, { side: "seller" }), 0)).toBe(0);
});
