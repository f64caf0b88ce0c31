import { expect, test } from "vitest";

import type { Setting } from "../api/setting";
import { bodyOf, clockOf, minuteOf, nodesOf, percentOf, ppmOf, valuesOf } from "./values";

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

test("the nodes of suppliers come with those that are counted on, and go with them", () => {
  const offers = [
    { seller_id: 7, seller_name: "厂", fee_ppm: 30_000, is_active: true, nodes: [{ id: 70, name: "总仓" }] },
    { seller_id: 8, seller_name: "坊", fee_ppm: 0, is_active: false, nodes: [{ id: 80, name: "分仓" }] },
  ];
  const setting = { version: 1, seller_id: 1, currency: "CNY", direct: [7, 8], offers } as unknown as Setting;
  const sources = nodesOf(setting, [{ id: 4, name: "自有" }]);
  expect(sources.map((node) => node.name)).toEqual(["自有", "厂 · 总仓"]);
  const values = valuesOf(setting, sources);
  expect(bodyOf(values, setting).nodes?.map((node) => node.node_id)).toEqual([4, 70]);
  expect(bodyOf({ ...values, direct: [] }, setting).nodes?.map((node) => node.node_id)).toEqual([4]);
});

test("a rate is shown in per cent and kept exactly", () => {
  for (const ppm of [0, 1, 12_345, 500_000]) expect(ppmOf(percentOf(ppm) ?? null)).toBe(ppm);
  expect(ppmOf(null)).toBeNull();
});
