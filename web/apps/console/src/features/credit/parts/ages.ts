import type { Agreement } from "../api/agreements";

/** How old what is owed is, the youngest first. */
export const AGES = ["not_due", "overdue_1_30", "overdue_31_60", "overdue_61_90", "overdue_90"] as const;
export type Age = (typeof AGES)[number];

export interface AgeShare {
  age: Age;
  minor: number;
  /** Of everything that is owed, in whole per cent; together exactly 100 where anything is owed. */
  percent: number;
}

/** Split what is owed by age, with the share of each: the largest remainders are rounded up. */
export function agesOf(agreement: Agreement): AgeShare[] {
  const rows = AGES.map((age) => ({ age, minor: agreement[`${age}_minor`] }));
  const sum = rows.reduce((total, row) => total + row.minor, 0);
  if (sum <= 0) return rows.map((row) => ({ ...row, percent: 0 }));
  const exact = rows.map((row) => (row.minor * 100) / sum);
  const whole = exact.map(Math.floor);
  const left = 100 - whole.reduce((total, one) => total + one, 0);
  const byRest = exact.map((one, place) => ({ place, rest: one - Math.floor(one) })).sort((a, b) => b.rest - a.rest);
  const raised = new Set(byRest.slice(0, left).map((one) => one.place));
  return rows.map((row, place) => ({ ...row, percent: (whole[place] ?? 0) + (raised.has(place) ? 1 : 0) }));
}
