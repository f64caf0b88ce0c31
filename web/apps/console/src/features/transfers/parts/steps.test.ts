import { expect, test } from "vitest";

import type { Transfer, TransferLine } from "../api/transfers";
import { mostOf, partsOf, possibleSteps } from "./steps";

function line(quantity: number, shipped: number, received: number, lost = 0): TransferLine {
  return {
    line_no: 1,
    sku_id: 1,
    sku_code: "M",
    name_zh: "",
    name_en: "Milk",
    base_unit: "box",
    quantity,
    shipped,
    received,
    lost,
    in_transit: shipped - received - lost,
  };
}

function transfer(steps: string[], lines: TransferLine[]): Transfer {
  return { steps, lines } as Transfer;
}

test("a step is offered while there is something left for it", () => {
  const steps = ["cancel", "close", "receive", "ship"];
  expect(possibleSteps(transfer(["cancel", "ship"], [line(8, 0, 0)]))).toEqual(["ship", "cancel"]);
  expect(possibleSteps(transfer(steps, [line(8, 8, 3)]))).toEqual(["receive", "close", "cancel"]);
  expect(possibleSteps(transfer(["close", "receive", "ship"], [line(8, 5, 5)]))).toEqual(["ship", "close"]);
  expect(possibleSteps(transfer([], [line(8, 8, 8)]))).toEqual([]);
});

test("at most what was not shipped yet, or what is on its way", () => {
  expect(mostOf(line(8, 5, 2, 1), "ship")).toBe(3);
  expect(mostOf(line(8, 5, 2, 1), "receive")).toBe(2);
});

test("lines with nothing are not sent", () => {
  expect(partsOf({ 1: 5, 2: 0, 3: null })).toEqual([{ line_no: 1, quantity: 5 }]);
});
