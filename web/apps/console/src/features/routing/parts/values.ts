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
    direct: setting.direct ?? [],
    nodes: [
      ...nodes.map((node) => kept.get(node.id) ?? { node_id: node.id, preference: 100, lead_time_days: 1 }),
      ...(setting.nodes ?? []).filter((node) => !open.has(node.node_id)),
    ],
    version: setting.version,
  };
}

/** One's own open nodes, then those of suppliers that the setting counts on. */
export function nodesOf(setting: Setting, own: { id: number; name: string }[]): { id: number; name: string }[] {
  const counted = (setting.offers ?? []).filter(
    (offer) => offer.is_active && setting.direct?.includes(offer.seller_id),
  );
  return [
    ...own,
    ...counted.flatMap((offer) =>
      offer.nodes.map((node) => ({ id: node.id, name: `${offer.seller_name} · ${node.name}` })),
    ),
  ];
}

/** What the server keeps of the form: without the nodes of suppliers that are not counted on any more. */
export function bodyOf(values: Values & { version?: number }, setting: Setting): NewSetting {
  const { version: _, ...body } = values;
  const left = (setting.offers ?? []).filter((offer) => !body.direct.includes(offer.seller_id));
  const gone = new Set(left.flatMap((offer) => offer.nodes.map((node) => node.id)));
  return { ...body, nodes: body.nodes.filter((node) => !gone.has(node.node_id)) };
}

/** Parts in a million as per cent, and back. */
export function percentOf(ppm: number | null | undefined): number | undefined {
  return ppm === null || ppm === undefined ? undefined : ppm / 10_000;
}

export function ppmOf(percent: number | null): number | null {
  return percent === null ? null : Math.round(percent * 10_000);
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
