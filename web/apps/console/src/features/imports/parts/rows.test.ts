import { expect, test } from "vitest";

import { decode, divide, recordsOf } from "./rows";

const TEXT = 'code,name\r\nA,"two\nlines"\r\n\r\nB,"say ""hi"", you"\r\nC,last';

test("a quoted line break does not end a row, a blank line is none", () => {
  expect(recordsOf(TEXT)).toEqual(["code,name", 'A,"two\nlines"', 'B,"say ""hi"", you"', "C,last"]);
  expect(recordsOf("")).toEqual([]);
});

test("good rows go on and the others come back with their reason", () => {
  const { good, rejected } = divide(TEXT, new Map([[3, 'No "B"']]), "reason");
  expect(good).toBe('code,name\r\nA,"two\nlines"\r\nC,last\r\n');
  expect(rejected).toBe('\uFEFFcode,name,reason\r\nB,"say ""hi"", you","No ""B"""\r\n');
});

test("files of Chinese spreadsheets are read", () => {
  const gbk = new Uint8Array([0xc5, 0xa3, 0xc4, 0xcc, 0x2c, 0x31]);
  expect(decode(gbk.buffer)).toBe("\u725b\u5976,1");
  expect(decode(new TextEncoder().encode("\uFEFF\u725b\u5976").buffer)).toBe("\u725b\u5976");
});
