import { useT } from "@lingqu/i18n";
import { useMemo } from "react";

import type { Rhythm } from "../api/standing";

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Names of the weekdays in the language in use, Monday first. */
export function useWeekdays(): string[] {
  const { i18n } = useT();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { weekday: "short", timeZone: "UTC" });
    return Array.from({ length: 7 }, (_, index) => format.format(MONDAY + index * DAY_MS));
  }, [i18n.language]);
}

/** A rhythm in words. */
export function RhythmText({ rhythm }: { rhythm: Rhythm }) {
  const { t } = useT("standing");
  const weekdays = useWeekdays();
  if (rhythm.kind === "monthly") return t("monthly", { days: (rhythm.month_days ?? []).join(", ") });
  const days = [...(rhythm.weekdays ?? [])].sort().map((day) => weekdays[day - 1]);
  const weeks = rhythm.every_weeks ?? 1;
  return weeks === 1 ? t("weekly", { days: days.join(", ") }) : t("weeksApart", { weeks, days: days.join(", ") });
}
