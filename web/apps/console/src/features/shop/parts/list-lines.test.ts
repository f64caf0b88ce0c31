import { expect, test } from "vitest";

import { moved } from "./list-lines";

const line = (pack: number) => ({
  sku_id: pack,
  pack_id: pack,
  packs: 1,
  name_zh: "",
  name_en: "",
  pack_name_zh: "",
  pack_name_en: "",
  units: 1,
});
const LINES = [1, 2, 3].map(line);
const order = (lines: typeof LINES) => lines.map((one) => one.pack_id);

test("a line moves by one place and stays at the ends", () => {
  expect(order(moved(LINES, 1, 0))).toEqual([2, 1, 3]);
  expect(order(moved(LINES, 0, 1))).toEqual([2, 1, 3]);
  expect(order(moved(LINES, 0, -1))).toEqual([1, 2, 3]);
  expect(order(moved(LINES, 2, 3))).toEqual([1, 2, 3]);
});
