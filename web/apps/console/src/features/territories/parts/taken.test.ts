import { expect, test } from "vitest";

import { holdersOf, takenOf } from "./taken";

const problem = (errors: object[]) => ({
  type: "",
  title: "Counties taken",
  status: 409,
  code: "territory.overlaps",
  trace_id: "",
  errors: errors as never,
});

test("a refusal names each county and its holder, where the holder may be seen", () => {
  const county = { region_id: 1, region_zh: "西湖区", region_en: "Xihu" };
  const found = takenOf(
    problem([
      { path: "/region_ids", code: "held", message: "", facts: { ...county, holder: "东区经销", holder_id: 9 } },
      { path: "/region_ids", code: "held", message: "", facts: county },
      { path: "/valid_until", code: "order", message: "" },
    ]),
  );
  expect(found).toEqual([
    { region_id: 1, zh: "西湖区", en: "Xihu", holder: { id: 9, name: "东区经销" } },
    { region_id: 1, zh: "西湖区", en: "Xihu" },
  ]);
  expect(takenOf(null)).toEqual([]);
});

test("each holder is named once with all its counties, the unseen last", () => {
  const county = (region_id: number, holder?: { id: number; name: string }) => ({
    region_id,
    zh: "",
    en: "",
    ...(holder ? { holder } : {}),
  });
  const east = { id: 9, name: "East" };
  const groups = holdersOf([county(1), county(2, east), county(3, east)]);
  expect(groups.map((one) => [one.holder?.name, one.counties.map((each) => each.region_id)])).toEqual([
    ["East", [2, 3]],
    [undefined, [1]],
  ]);
});
