import { describe, expect, it } from "vitest";

import type { PlannedLine, PlanOrder } from "../api/plans";
import { linesOf, servedOf, wayOf } from "./values";

const line: PlannedLine = {
  line_no: 1,
  sku_id: 1,
  node_id: 1,
  bin_id: 11,
  open: 10,
  reserved: 3,
  shipped: 0,
  cancelled: 0,
  parts: [],
  why: "none-free",
  options: [],
};
const part = (node_id: number, quantity: number, served: number) => ({
  node_id,
  bin_id: node_id + 10,
  quantity,
  served,
});
const nameOf = (id: number) => `N${String(id)}`;

describe("a line of a plan", () => {
  it("stays where it is with what it has", () => {
    expect([servedOf(line), wayOf(line, nameOf)]).toEqual([3, "N1"]);
  });
  it("is served where it is, elsewhere, or in parts", () => {
    const here = { ...line, parts: [part(1, 10, 10)] };
    const there = { ...line, parts: [part(2, 10, 8)] };
    const both = { ...line, parts: [part(2, 6, 4), part(3, 4, 4)] };
    expect([here, there, both].map(servedOf)).toEqual([10, 8, 8]);
    expect([here, there, both].map((one) => wayOf(one, nameOf))).toEqual(["N1", "N1 → N2", "N1 → N2 6 + N3 4"]);
  });
  it("becomes a row of its own in a file", async () => {
    const order = { id: "o", content: { lines: [line, { ...line, line_no: 2 }] } } as unknown as PlanOrder;
    const rows = linesOf({
      queryKey: ["x"],
      fetchPage: () => Promise.resolve({ items: [order], next: "more" }),
    });
    const page = await rows.fetchPage(undefined, new AbortController().signal);
    expect(page.items.map((row) => row.line.line_no)).toEqual([1, 2]);
    expect(page.next).toBe("more");
  });
});
