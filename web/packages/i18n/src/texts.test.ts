import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { expect, test } from "vitest";

import doorEn from "./en";
import houseEn from "./en/house";
import doorZh from "./zh";
import houseZh from "./zh/house";

const en = { ...doorEn, ...houseEn };
const zh = { ...doorZh, ...houseZh };

const CHINESE = /\p{Script=Han}/u;
const HOLES = /\{\{\s*[\w.]+/g;

function flat(texts: object, prefix = ""): [string, string][] {
  return Object.entries(texts).flatMap(([name, text]) =>
    typeof text === "string" ? [[prefix + name, text] as [string, string]] : flat(text as object, `${prefix}${name}.`),
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf-8" })
    .filter((file) => !file.includes("node_modules") && !file.includes("dist") && /^\.tsx?$/.test(extname(file)))
    .filter((file) => !file.includes(".test.") && !file.endsWith(".d.ts"))
    .map((file) => join(folder, file));
}

test("both languages have the same keys", () => {
  const keys = (texts: object) => flat(texts).map(([key]) => key);
  expect(keys(en).sort()).toEqual(keys(zh).sort());
});

test("no text is empty, and both languages fill the same holes", () => {
  const chinese = new Map(flat(zh));
  for (const [key, text] of flat(en)) {
    expect(text.trim(), key).not.toBe("");
    expect((text.match(HOLES) ?? []).sort(), key).toEqual((chinese.get(key)?.match(HOLES) ?? []).sort());
  }
});

test("English texts hold no Chinese, Chinese texts no English sentence", () => {
  for (const [key, text] of flat(en)) expect(text, key).not.toMatch(CHINESE);
  for (const [key, text] of flat(zh)) expect(text, key).toMatch(CHINESE);
});

test("no text stands in the code", () => {
  const roots = ["apps", "packages"].flatMap((folder) => sources(folder));
  expect(roots.length).toBeGreaterThan(20);
  for (const file of roots) expect(readFileSync(file, "utf-8"), file).not.toMatch(CHINESE);
});

test("every text is used", () => {
  const code = ["apps", "packages"]
    .flatMap((folder) => sources(folder))
    .map((file) => readFileSync(file, "utf-8"))
    .join();
  const unused = flat(zh).filter(([path]) => {
    const [, ...rest] = path.split(".");
    const key = rest.join(".");
    // A key made at run time is written as a template: t(`status.${…}`).
    const families = rest.slice(0, -1).map((_, index) => "`" + rest.slice(0, index + 1).join(".") + ".${");
    return !(
      code.includes(`"${key}"`) ||
      code.includes(`:${key}"`) ||
      families.some((family) => code.includes(family))
    );
  });
  expect(unused.map(([path]) => path)).toEqual([]);
});
