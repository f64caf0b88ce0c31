import dayjs from "dayjs";

/** Days of the reader as instants that the API takes: from the first day's beginning to the last day's end. */
export function spanOf(first: string | undefined, last: string | undefined): { since?: string; until?: string } {
  return {
    ...(first ? { since: dayjs(first).toISOString() } : {}),
    ...(last ? { until: dayjs(last).add(1, "day").toISOString() } : {}),
  };
}
