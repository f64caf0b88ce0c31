import { expect, test } from "vitest";

import { bodyOf, NEW_RULE, valuesOf } from "./values";

const RULE = {
  name: "大额",
  amount_above_minor: 1_000_050,
  discount_from_ppm: 105_000,
  floor_within_ppm: null,
  credit_above_ppm: 800_000,
  overdue_above_days: 0,
  dealer_levels: ["A"],
  product_line_ids: [3],
  levels: [{ permission: "orders.approve" as const, role_id: 7 }, { permission: "credit.grant" as const }],
  hours: 24,
};

test("rules come back from the form as they went in", () => {
  const rules = { is_active: true, rules: [RULE], seller_id: 1, version: 4 };
  const values = valuesOf(rules);
  expect(values.rules[0]).toMatchObject({ amount: 10_000.5, discount: 10.5, credit: 80, overdue: 0, levels: 2 });
  expect(values.rules[0]).toMatchObject({ first: "role:7", second: "right:credit.grant" });
  expect(bodyOf(values)).toEqual({ is_active: true, rules: [RULE] });
});

test("a rule for nobody forgets who would have decided", () => {
  const body = bodyOf({ is_active: true, rules: [{ ...NEW_RULE, name: "放行", levels: 0 }] });
  expect(body.rules?.[0]?.levels).toEqual([]);
});
