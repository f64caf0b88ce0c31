import { expect, test } from "vitest";

import { csvOf } from "./csv";

test("cells with commas, quotes and line ends are quoted, and nothing becomes a formula", () => {
  expect(
    csvOf([
      ["a,b", 'say "x"', 1],
      ["=1+1", null, -5],
    ]),
  ).toBe('\u{feff}"a,b","say ""x""",1\r\n\'=1+1,,-5\r\n');
});
