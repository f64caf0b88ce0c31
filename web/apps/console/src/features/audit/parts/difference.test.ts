import { expect, test } from "vitest";

import { deedOf, differenceOf, titleOf } from "./difference";

const names = (zh?: string | null, en?: string | null) => zh ?? en ?? "";

test("a change shows what differs and nothing else", () => {
  const change = {
    before: { name: "A", version: 1, phone: null, steps: ["a"], content: { note: "", lines: 2 } },
    after: { name: "B", version: 2, steps: ["a"], content: { note: "x", lines: 2 } },
  };
  expect(deedOf(change)).toBe("changed");
  expect(differenceOf(change)).toEqual([
    { field: "name", before: "A", after: "B" },
    { field: "content.note", before: "", after: "x" },
  ]);
});

test("a field that went to nothing is a change, one that was never told is none", () => {
  expect(differenceOf({ before: { until: "2026-01-01", note: null }, after: { until: null } })).toEqual([
    { field: "until", before: "2026-01-01", after: null },
  ]);
});

test("what was made or removed shows all that it holds", () => {
  const made = { before: null, after: { code: "X", note: "", tags: [], is_open: false, count: 0 } };
  expect([deedOf(made), differenceOf(made).map((one) => one.field)]).toEqual(["made", ["code", "is_open", "count"]]);
  const gone = { before: { code: "X" }, after: null };
  expect([deedOf(gone), differenceOf(gone)]).toEqual(["removed", [{ field: "code", before: "X", after: undefined }]]);
});

test("a record that is no object is told as a whole", () => {
  expect(differenceOf({ before: [3, 1], after: [1, 3] })).toEqual([{ field: "value", before: [3, 1], after: [1, 3] }]);
});

test("an object is called as its record says", () => {
  expect(titleOf({ before: null, after: { name_zh: "牛奶", name_en: "Milk" } }, names)).toBe("牛奶");
  expect(titleOf({ before: { number: "SO-1" }, after: null }, names)).toBe("SO-1");
  expect(titleOf({ before: { name: "旧" }, after: { phone: "1" } }, names)).toBe("旧");
  expect(titleOf({ before: null, after: { phone: "1" } }, names)).toBeNull();
});
