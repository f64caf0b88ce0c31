import dayjs, { type Dayjs } from "dayjs";

import type { Rhythm, StandingContent, StandingDocument } from "../api/standing";

/** What a person fills in about when and how. */
export interface Values {
  name: string;
  rhythm: Rhythm["kind"];
  weekdays: number[];
  every_weeks: number;
  month_days: number[];
  starts_on: string;
  ends_on: string | null;
  lead_days: number;
  po_number: string;
  note: string;
}

/** What a new standing order begins with: every Monday from tomorrow on, ordered a day before. */
export function firstValues(name: string): Values {
  return {
    name,
    rhythm: "weekly",
    weekdays: [1],
    every_weeks: 1,
    month_days: [1],
    starts_on: written(dayjs().add(1, "day")),
    ends_on: null,
    lead_days: 1,
    po_number: "",
    note: "",
  };
}

export function valuesOf(one: StandingDocument): Values {
  const { rhythm, wishes } = one;
  return {
    name: one.name,
    rhythm: rhythm.kind,
    weekdays: rhythm.weekdays ?? [],
    every_weeks: rhythm.every_weeks ?? 1,
    month_days: rhythm.month_days ?? [],
    starts_on: one.starts_on,
    ends_on: one.ends_on,
    lead_days: one.lead_days,
    po_number: wishes?.po_number ?? "",
    note: wishes?.note ?? "",
  };
}

/** The part of a standing order that the form speaks of. */
export function contentOf(values: Values) {
  const { kind, weekdays, every_weeks, month_days } = { ...values, kind: values.rhythm };
  return {
    name: values.name,
    rhythm: kind === "weekly" ? { kind, weekdays, every_weeks } : { kind, month_days },
    starts_on: values.starts_on,
    ends_on: values.ends_on,
    lead_days: values.lead_days,
  };
}

/** A whole standing order as it stands, with some of it otherwise. */
export function changed(one: StandingDocument, change: Partial<StandingContent>): StandingContent {
  return {
    name: one.name,
    rhythm: one.rhythm,
    starts_on: one.starts_on,
    ends_on: one.ends_on,
    skipped_on: one.skipped_on,
    lead_days: one.lead_days,
    is_paused: one.is_paused,
    ...(one.template_id
      ? { template_id: one.template_id }
      : { lines: one.lines.map(({ sku_id, pack_id, packs }) => ({ sku_id, pack_id, packs })) }),
    ...(one.wishes ? { wishes: one.wishes } : {}),
    ...change,
  };
}

export function written(day: Dayjs): string {
  return day.format("YYYY-MM-DD");
}
