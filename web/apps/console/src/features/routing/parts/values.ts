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
    accept_hours: setting.accept_hours ?? null,
    max_parts: setting.max_parts ?? 1,
    nodes: [
      ...nodes.map((node) => kept.get(node.id) ?? { node_id: node.id, preference: 100, lead_time_days: 1 }),
      ...(setting.nodes ?? []).filter((node) => !open.has(node.node_id)),
    ],
    version: setting.version,
  };
}

/** A minute of the day as a clock shows it; nothing where there is no such time. */
export function clockOf(minute: number | null | undefined): string | undefined {
  if (minute === null || minute === undefined) return undefined;
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** The minute of the day that a clock shows; null where the field was emptied. */
export function minuteOf(clock: string): number | null {
  const match = /^(\d\d):(\d\d)/.exec(clock);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}
