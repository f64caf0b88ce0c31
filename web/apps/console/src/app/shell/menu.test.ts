import { expect, test } from "vitest";

import type { Me } from "../../lib/me";
import { findPlaces } from "./find-place";
import { type Entry, groupsOf, tabsOf } from "./menu";
import { GROUPS } from "./places";

function person(kind: string, ...permissions: string[]): Me {
  return { kind, permissions } as unknown as Me;
}

const LABELS: Partial<Record<string, string>> = { orders: "订单", heldOrders: "挂起订单", stock: "库存" };
const ENTRIES: Entry[] = Object.values(GROUPS)
  .flat()
  .map((place) => ({ ...place, label: LABELS[place.name] ?? "" }))
  .filter(({ label }) => label !== "");
const found = (typed: string) => findPlaces(ENTRIES, typed).map(({ name }) => name);

test("no place stands in two groups", () => {
  const names = Object.values(GROUPS).flatMap((places) => places.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});

test("a group without an open place is left out, and each kind begins with its own work", () => {
  const seller = groupsOf(person("supplier", "orders.read", "orders.place", "stock.read"));
  expect(seller.map(({ name }) => name)).toEqual(["today", "orders", "stock"]);
  const shop = groupsOf(person("dealer", "orders.read", "orders.place", "orders.sell"));
  expect(shop.map(({ name }) => name)).toEqual(["today", "counter", "buy", "orders"]);
});

test("four places stand at the thumb: the most used ones first, then what else is open", () => {
  expect(tabsOf(person("dealer", "orders.read", "orders.place", "orders.sell"))).toEqual([
    "home",
    "till",
    "shop",
    "orders",
  ]);
  expect(tabsOf(person("dealer", "stock.read"))).toEqual(["home", "approvals", "stock", "counts"]);
});

test("a place is found by its label, its pinyin, the initials of it and other words; the label comes first", () => {
  expect(found("订单")).toEqual(["orders", "heldOrders"]);
  expect(found("kc")).toEqual(["stock"]);
  expect(found("kucun")).toEqual(["stock"]);
  expect(found(" Inventory")).toEqual(["stock"]);
  expect(found("gqdd")).toEqual(["heldOrders"]);
  expect(found("dd")).toEqual(["orders", "heldOrders"]);
  expect(found("xyz")).toEqual([]);
});
