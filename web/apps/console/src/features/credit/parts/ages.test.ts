import { expect, test } from "vitest";

import type { Agreement } from "../api/agreements";
import { agesOf } from "./ages";

function owed(...minor: [number, number, number, number, number]): Agreement {
  const [not_due_minor, overdue_1_30_minor, overdue_31_60_minor, overdue_61_90_minor, overdue_90_minor] = minor;
  return {
    not_due_minor,
    overdue_1_30_minor,
    overdue_31_60_minor,
    overdue_61_90_minor,
    overdue_90_minor,
  } as Agreement;
}

test("the shares of all ages are a hundred", () => {
  expect(agesOf(owed(100, 100, 100, 0, 0)).map((one) => one.percent)).toEqual([34, 33, 33, 0, 0]);
  expect(agesOf(owed(999, 1, 0, 0, 0)).map((one) => one.percent)).toEqual([100, 0, 0, 0, 0]);
  expect(agesOf(owed(0, 0, 0, 0, 7)).map((one) => one.percent)).toEqual([0, 0, 0, 0, 100]);
});

test("where nothing is owed there is no share", () => {
  expect(agesOf(owed(0, 0, 0, 0, 0)).map((one) => one.percent)).toEqual([0, 0, 0, 0, 0]);
});
