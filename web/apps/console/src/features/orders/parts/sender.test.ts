import { expect, test } from "vitest";

import type { Order } from "../api/order";
import { sendersOf, supplierOf } from "./sender";

const DISTRIBUTOR = 2;
const PLANT = { supplier_id: 1, supplier_name: "Plant", receiver_id: 3, receiver_name: "Shop" };

function order(seller: number, node: string, lines: number[], direct: number[]): Order {
  return {
    seller_id: seller,
    ship_from_name: node,
    lines: lines.map((line_no) => ({ line_no })),
    direct: [{ ...PLANT, line_nos: direct }],
  } as unknown as Order;
}

test("what a supplier sends does not leave from the seller's warehouse", () => {
  const sold = order(DISTRIBUTOR, "West", [1, 2], [1, 2]);
  expect(sendersOf(sold)).toEqual({ warehouse: null, suppliers: ["Plant"] });
});

test("an order of both kinds of lines names both, each line its own", () => {
  const sold = order(DISTRIBUTOR, "West", [1, 2], [2]);
  expect(sendersOf(sold)).toEqual({ warehouse: "West", suppliers: ["Plant"] });
  expect(sold.lines.map((line) => supplierOf(line, sold))).toEqual([null, "Plant"]);
});

test("the supplier's own order leaves from its own warehouse, and one given up by it from the seller's", () => {
  expect(sendersOf(order(PLANT.supplier_id, "Plant 1", [1], [1]))).toEqual({ warehouse: "Plant 1", suppliers: [] });
  expect(sendersOf(order(DISTRIBUTOR, "West", [1], []))).toEqual({ warehouse: "West", suppliers: [] });
});
