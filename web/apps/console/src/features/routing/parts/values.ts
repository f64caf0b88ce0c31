import type { NewSetting, Setting } from "../api/setting";

export type Values = Required<NewSetting>;

/** The setting as the form holds it: every open node has a row, whether it was set or not. */
export function valuesOf(setting: Setting, nodes: { id: number }[]): Values & { version: number } {
  const kept = new Map((setting.nodes ?? []).map((node) => [node.node_id, node]));
  const open = new Set(nodes.map((node) => node.id));
  return {
    is_active: setting.is_active ?? false,
    rules: setting.rules ?? [],
    distance_step_km: setting.distance_step_km ?? 20,
    cost_step_minor: setting.cost_step_minor ?? 100,
    min_days_left: setting.min_days_left ?? 0,
    nodes: [
      ...nodes.map((node) => kept.get(node.id) ?? { node_id: node.id, preference: 100, lead_time_days: 1 }),
      ...(setting.nodes ?? []).filter((node) => !open.has(node.node_id)),
    ],
    version: setting.version,
  };
}
