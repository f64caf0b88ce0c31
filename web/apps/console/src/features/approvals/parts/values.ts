import type { NewRules, Rule, Rules } from "../api/rules";

type Level = NonNullable<Rule["levels"]>[number];

/** A rule as the form holds it: amounts in yuan, parts in percent, who decides as one word. */
export interface RuleValues {
  name: string;
  amount: number | null;
  discount: number | null;
  floor: number | null;
  credit: number | null;
  overdue: number | null;
  dealer_levels: string[];
  product_line_ids: number[];
  levels: 0 | 1 | 2;
  first: string;
  second: string;
  hours: number;
}

export interface Values {
  is_active: boolean;
  rules: RuleValues[];
}

export const NEW_RULE: RuleValues = {
  name: "",
  amount: null,
  discount: null,
  floor: null,
  credit: null,
  overdue: null,
  dealer_levels: [],
  product_line_ids: [],
  levels: 1,
  first: "right:orders.approve",
  second: "right:orders.approve-final",
  hours: 48,
};

/** Rules as the form holds them. */
export function valuesOf(rules: Rules): Values & { version: number } {
  return { is_active: rules.is_active ?? false, rules: (rules.rules ?? []).map(ofRule), version: rules.version };
}

/** Rules as the server keeps them. */
export function bodyOf(values: Values): NewRules {
  return { is_active: values.is_active, rules: values.rules.map(toRule) };
}

function ofRule(rule: Rule): RuleValues {
  const [first, second] = rule.levels ?? [];
  return {
    name: rule.name,
    amount: scaled(rule.amount_above_minor, 100),
    discount: scaled(rule.discount_from_ppm, 10_000),
    floor: scaled(rule.floor_within_ppm, 10_000),
    credit: scaled(rule.credit_above_ppm, 10_000),
    overdue: rule.overdue_above_days ?? null,
    dealer_levels: rule.dealer_levels ?? [],
    product_line_ids: rule.product_line_ids ?? [],
    levels: second ? 2 : first ? 1 : 0,
    first: first ? wordOf(first) : NEW_RULE.first,
    second: second ? wordOf(second) : NEW_RULE.second,
    hours: rule.hours ?? NEW_RULE.hours,
  };
}

function toRule(rule: RuleValues): Rule {
  return {
    name: rule.name,
    amount_above_minor: times(rule.amount, 100),
    discount_from_ppm: times(rule.discount, 10_000),
    floor_within_ppm: times(rule.floor, 10_000),
    credit_above_ppm: times(rule.credit, 10_000),
    overdue_above_days: rule.overdue ?? null,
    dealer_levels: rule.dealer_levels,
    product_line_ids: rule.product_line_ids,
    levels: [rule.first, rule.second].slice(0, rule.levels).map(levelOf),
    hours: rule.hours,
  };
}

function wordOf(level: Level): string {
  return level.role_id ? `role:${String(level.role_id)}` : `right:${level.permission ?? "orders.approve"}`;
}

function levelOf(word: string): Level {
  if (word.startsWith("role:")) return { permission: "orders.approve", role_id: Number(word.slice(5)) };
  return { permission: word.slice("right:".length) as NonNullable<Level["permission"]> };
}

function scaled(value: number | null | undefined, by: number): number | null {
  return value === null || value === undefined ? null : value / by;
}

function times(value: number | null | undefined, by: number): number | null {
  return value === null || value === undefined ? null : Math.round(value * by);
}
