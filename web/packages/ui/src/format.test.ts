import { expect, test } from "vitest";

import { formatMoney, formatPhone, formatQuantity, parseMoney } from "./format";

test("minor units become the currency's own decimals", () => {
  expect(formatMoney(123_456, "CNY", "zh-CN")).toBe("¥1,234.56");
  expect(formatMoney(-5, "USD", "en")).toBe("-$0.05");
  expect(formatMoney(1234, "JPY", "en")).toBe("¥1,234");
});

test("points are no currency and have no parts", () => {
  expect(formatMoney(-106_682, "PTS", "zh-CN")).toBe("-106,682");
  expect(formatMoney(42, "PTS", "en")).toBe("42");
  expect(parseMoney("1.5", "PTS")).toBeNull();
});

test("a Chinese mobile number is told in groups, another as it is", () => {
  expect(formatPhone("+8613900000001")).toBe("139 0000 0001");
  expect(formatPhone("+15551234567")).toBe("+15551234567");
  expect(formatPhone("0571-88888888")).toBe("0571-88888888");
});

test("a typed amount is read exactly or not at all", () => {
  expect(parseMoney("1,234.5", "CNY")).toBe(123_450);
  expect(parseMoney("¥ 0.07", "CNY")).toBe(7);
  expect(parseMoney("-3", "CNY")).toBe(-300);
  expect(parseMoney("0.075", "CNY")).toBeNull();
  expect(parseMoney("12.5", "JPY")).toBeNull();
  expect(parseMoney("abc", "CNY")).toBeNull();
  expect(parseMoney("99999999999999999", "CNY")).toBeNull();
});

test("a quantity is told in whole packs and the loose rest", () => {
  const box = { units: 24, name: "box" };
  expect(formatQuantity(48, "bottle", box, "en")).toBe("2 box");
  expect(formatQuantity(50, "bottle", box, "en")).toBe("2 box + 2 bottle");
  expect(formatQuantity(5, "bottle", box, "en")).toBe("5 bottle");
  expect(formatQuantity(-25, "bottle", box, "en")).toBe("-1 box + 1 bottle");
  expect(formatQuantity(12_000, "g", undefined, "en")).toBe("12,000 g");
});
