import { expect, test } from "vitest";

import { changeDue, likelyNotes } from "./cash";

test("a customer hands over the sum or the next that notes make", () => {
  expect(likelyNotes(1_850, 100)).toEqual([1_850, 2_000, 5_000, 10_000]);
  expect(likelyNotes(10_000, 100)).toEqual([10_000]);
  expect(likelyNotes(12_345, 100)).toEqual([12_345, 12_500, 13_000, 14_000]);
  expect(likelyNotes(0, 100)).toEqual([]);
});

test("change is what is left of what was handed over", () => {
  expect(changeDue(1_850, 2_000)).toBe(150);
  expect(changeDue(1_850, 1_850)).toBe(0);
  expect(changeDue(1_850, 1_849)).toBeNull();
  expect(changeDue(1_850, null)).toBeNull();
});
