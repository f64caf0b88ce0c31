import { expect, test } from "vitest";

import { groupsOf, sourcesOf, withGroup } from "./rights";

const right = (code: string) => ({ code, name_zh: code, name_en: code });
const GROUPS = groupsOf(["orders.place", "orders.read", "stock.read"].map(right));

test("rights stand with others about the same", () => {
  expect(GROUPS.map((group) => [group.code, group.rights.length])).toEqual([
    ["orders", 2],
    ["stock", 1],
  ]);
});

test("each right names every role that gives it", () => {
  const roles = [
    { code: "sales", permissions: ["orders.read"] },
    { code: "boss", permissions: ["orders.read", "stock.read"] },
  ];
  expect(
    sourcesOf(roles)
      .get("orders.read")
      ?.map((role) => role.code),
  ).toEqual(["sales", "boss"]);
  expect(
    sourcesOf(roles)
      .get("stock.read")
      ?.map((role) => role.code),
  ).toEqual(["boss"]);
  expect(sourcesOf(roles).get("ledger.read")).toBeUndefined();
});

test("a group is ticked as a whole, but for what one lacks oneself", () => {
  const group = GROUPS[0];
  if (!group) throw new Error("no group");
  const mayGive = (code: string) => code !== "orders.place";
  expect(withGroup(["stock.read"], group, true, mayGive)).toEqual(["stock.read", "orders.read"]);
  expect(withGroup(["orders.place", "orders.read"], group, false, mayGive)).toEqual(["orders.place"]);
});
