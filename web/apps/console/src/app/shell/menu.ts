import { useT } from "@lingqu/i18n";
import { useMemo } from "react";

import { can } from "../../lib/access";
import { type Me, useMe } from "../../lib/me";
import { type GroupName, GROUPS, type Place, type PlaceName } from "./places";

export type Entry = Place & { label: string };
export interface Group {
  name: GroupName;
  label: string;
  entries: Entry[];
}

const TABS = 4;
const USUAL: GroupName[] = ["today", "orders", "goods", "stock", "money", "network", "buy", "counter", "settings"];

/** What a kind of organization does most stands first. */
const ORDER: Partial<Record<string, GroupName[]>> = {
  dealer: ["today", "counter", "buy", "orders", "stock", "goods", "money", "network", "settings"],
  distributor: ["today", "buy", "orders", "goods", "stock", "counter", "money", "network", "settings"],
  platform: ["today", "network", "orders", "goods", "stock", "money", "buy", "counter", "settings"],
};

/** At the thumb: the first four of these that the person may enter. */
const AT_THE_THUMB: Partial<Record<string, PlaceName[]>> = {
  dealer: ["home", "till", "shop", "orders"],
  distributor: ["home", "shop", "orders", "stock"],
  platform: ["home", "organizations", "orders", "users"],
};

function isOpen({ right, kinds }: Place, me: Me): boolean {
  return (right === undefined || can(me, right)) && (kinds === undefined || kinds.includes(me.kind));
}

/** Where somebody can go, by job; a job without an open place is left out. */
export function groupsOf(me: Me): { name: GroupName; places: Place[] }[] {
  return (ORDER[me.kind] ?? USUAL)
    .map((name) => ({ name, places: GROUPS[name].filter((place) => isOpen(place, me)) }))
    .filter(({ places }) => places.length > 0);
}

/** The names of the places in a phone's tab bar. */
export function tabsOf(me: Me): PlaceName[] {
  const open = groupsOf(me).flatMap(({ places }) => places.map(({ name }) => name));
  const first = (AT_THE_THUMB[me.kind] ?? ["home", "orders", "stock", "approvals"]).filter((name) =>
    open.includes(name),
  );
  return [...new Set([...first, ...open])].slice(0, TABS);
}

/** The groups with their words, and those of their entries that a phone keeps at the thumb. */
export function useMenu(): { groups: Group[]; tabs: Entry[] } {
  const { t } = useT("shell");
  const me = useMe();
  return useMemo(() => {
    const groups = groupsOf(me).map(({ name, places }) => ({
      name,
      label: t(`menu.group.${name}`),
      entries: places.map((place) => ({ ...place, label: t(`menu.${place.name}`) })),
    }));
    const entries = groups.flatMap((group) => group.entries);
    return { groups, tabs: tabsOf(me).flatMap((name) => entries.find((entry) => entry.name === name) ?? []) };
  }, [me, t]);
}
