import { expect, test, vi } from "vitest";

import { readAll, writeCSV } from "./csv";

test("cells are quoted where they must be, and nothing in them is run as a formula", () => {
  const text = writeCSV(
    ["名称", "n"],
    [
      ["a,b", 1],
      ['say "hi"', -2],
      ["=HYPERLINK(1)", null],
      ["-3.50", "+86 1"],
    ],
  );
  expect(text).toBe('\uFEFF名称,n\r\n"a,b",1\r\n"say ""hi""",-2\r\n\'=HYPERLINK(1),\r\n-3.50,\'+86 1\r\n');
});

test("a list is read to its end, page after page", async () => {
  const pages: Record<string, { items: number[]; next: string | null }> = {
    "": { items: [1, 2], next: "b" },
    b: { items: [3], next: null },
  };
  const fetchPage = vi.fn((cursor?: string) => Promise.resolve(pages[cursor ?? ""] ?? { items: [], next: null }));
  const signal = new AbortController().signal;
  expect(await readAll(fetchPage, signal)).toEqual({ rows: [1, 2, 3], isWhole: true });
  expect(await readAll(fetchPage, signal, 2)).toEqual({ rows: [1, 2], isWhole: false });
});
