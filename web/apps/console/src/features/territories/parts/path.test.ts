import { expect, test } from "vitest";

import { pathOf, writePath } from "./path";

test("a way down the tree survives the address, and nonsense does not", () => {
  const path = [
    { id: 156_000_000, name: "China" },
    { id: 156_330_000, name: "Zhejiang: east" },
  ];
  expect(pathOf(writePath(path))).toEqual(path);
  expect(pathOf(undefined)).toEqual([]);
  expect(pathOf("x:y~12:a~-3")).toEqual([{ id: 12, name: "a" }]);
});
