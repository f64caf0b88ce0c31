import { expect, test } from "vitest";

import type { Setting } from "../api/setting";
import { clockOf, minuteOf, valuesOf } from "./values";

test("a minute of the day and a clock are the same", () => {
  for (const minute of [0, 59, 60, 965, 1439]) expect(minuteOf(clockOf(minute) ?? "")).toBe(minute);
  expect(clockOf(965)).toBe("16:05");
  expect(clockOf(null)).toBeUndefined();
  expect(minuteOf("")).toBeNull();
});

test("what is set of a node that is closed now is kept behind the open ones", () => {
  const closed = { node_id: 9, preference: 5 };
  const setting = { version: 3, seller_id: 1, currency: "CNY", nodes: [closed] } as Setting;
  const { nodes, version } = valuesOf(setting, [{ id: 4 }]);
  expect(version).toBe(3);
  expect(nodes.map((node) => node.node_id)).toEqual([4, 9]);
  expect(nodes[1]).toEqual(closed);
});
