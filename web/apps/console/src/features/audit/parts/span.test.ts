import dayjs from "dayjs";
import { expect, test } from "vitest";

import { spanOf } from "./span";

test("the last day counts to its end", () => {
  const { since, until } = spanOf("2026-03-01", "2026-03-01");
  expect(dayjs(until).diff(dayjs(since), "hour")).toBe(24);
  expect(dayjs(since).format("YYYY-MM-DD HH:mm")).toBe("2026-03-01 00:00");
  expect(spanOf("", undefined)).toEqual({});
});
