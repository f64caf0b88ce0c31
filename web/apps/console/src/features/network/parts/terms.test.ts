import { expect, test } from "vitest";

import type { TradeLink } from "../api/links";
import { bodyOf, NEW_TERMS, termsOf } from "./terms";

const LINK = {
  valid_until: "2027-01-01",
  shortage_policy: "take-free",
  title_passes: "receipt",
  payment_days: 30,
  approval_hours: 12,
  approval_above_minor: 500_050,
  currency: "CNY",
  version: 4,
} as TradeLink;

test("terms go to the form and back without a fen lost", () => {
  expect(termsOf(LINK)).toMatchObject({ approval_above: "5000.50", version: 4 });
  expect(bodyOf(termsOf(LINK), "CNY")).toEqual({
    valid_until: "2027-01-01",
    shortage_policy: "take-free",
    title_passes: "receipt",
    payment_days: 30,
    approval_hours: 12,
    approval_above_minor: 500_050,
  });
});

test("no amount means that no order waits, nought that every order does", () => {
  expect(bodyOf(NEW_TERMS, "CNY").approval_above_minor).toBeNull();
  expect(bodyOf({ ...NEW_TERMS, approval_above: "0" }, "CNY").approval_above_minor).toBe(0);
  expect(termsOf({ ...LINK, approval_above_minor: null }).approval_above).toBe("");
  expect(termsOf({ ...LINK, approval_above_minor: 1200, currency: "JPY" }).approval_above).toBe("1200");
});
