import { expect, test } from "vitest";

import { readText } from "./read-text";

test("a file is read in the encoding it has", async () => {
  const gbk = new Uint8Array([0xcf, 0xe4]); // 箱
  expect(await readText(new Blob([gbk]))).toBe("箱");
  expect(await readText(new Blob(["K0,1,箱"]))).toBe("K0,1,箱");
  expect(await readText(new Blob([new Uint8Array([0xff, 0xfe, 0xb1, 0x7b])]))).toBe("箱");
});
