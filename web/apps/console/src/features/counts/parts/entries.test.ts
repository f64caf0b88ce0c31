import { expect, test } from "vitest";

import type { CountLine } from "../api/counts";
import { countedOf, type Entries, scanned, stillOpen, summarize, toSend, typed } from "./entries";

function line(sku: number, lot: string | null, counted: number | null, expected: number | null = null): CountLine {
  return {
    sku_id: sku,
    sku_code: `S${sku}`,
    name_zh: "",
    name_en: "Milk",
    base_unit: "box",
    lot_id: "",
    lot_code: lot,
    expires_on: null,
    counted,
    expected,
    difference: counted === null || expected === null ? null : counted - expected,
    entered_at: null,
    entered_by: null,
  };
}

const A = line(1, "A", null);
const B = line(1, "B", 6, 6);
const TEA = line(2, null, 8, 10);

test("scans add up, on what stands on the sheet too", () => {
  const entries = scanned(scanned(scanned({}, A, 1), A, 12), B, 1);
  expect([A, B, TEA].map((one) => countedOf(one, entries))).toEqual([13, 7, 8]);
  expect(toSend([A, B, TEA], entries)).toEqual([
    { sku_id: 1, lot_code: "A", counted: 13 },
    { sku_id: 1, lot_code: "B", counted: 7 },
  ]);
});

test("what the sheet says already is no entry, and an emptied field is not sent", () => {
  const entries: Entries = typed(typed(typed({}, B, 7), B, 6), A, 0);
  expect(toSend([A, B], entries)).toEqual([{ sku_id: 1, lot_code: "A", counted: 0 }]);
  expect(toSend([TEA], typed({}, TEA, null))).toEqual([]);
});

test("after somebody else saved, only what still differs stays open", () => {
  const entries = typed(typed({}, A, 3), B, 5);
  expect(stillOpen([line(1, "A", 3, 3), line(1, "B", 6, 6)], entries)).toEqual({ "1 B": 5 });
});

test("a sheet says how far it is and what posting changes", () => {
  expect(summarize([A, B, TEA, line(3, null, 4, 1)])).toEqual({ counted: 3, open: 1, more: 1, less: 1 });
});
