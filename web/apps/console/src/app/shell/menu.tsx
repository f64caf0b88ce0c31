import { AppstoreOutlined, HomeOutlined, ProfileOutlined } from "@ant-design/icons";
import type { Catalogue } from "@lingqu/i18n";
import { useT } from "@lingqu/i18n";
import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { can, type Right } from "../../lib/access";
import { useMe } from "../../lib/me";

export interface Entry {
  name: keyof Catalogue["shell"]["menu"];
  to: NonNullable<LinkProps["to"]>;
  icon: ReactNode;
  right?: Right;
}

const ENTRIES: Entry[] = [
  { name: "home", to: "/", icon: <HomeOutlined /> },
  { name: "orders", to: "/orders", icon: <ProfileOutlined />, right: "orders.see" },
  { name: "skus", to: "/skus", icon: <AppstoreOutlined />, right: "catalog.see" },
];

/** Where this person can go, most used first; a phone's tab bar takes the first four. */
export function useMenu(): (Entry & { label: string })[] {
  const { t } = useT("shell");
  const me = useMe();
  return ENTRIES.filter((entry) => entry.right === undefined || can(me, entry.right)).map((entry) => ({
    ...entry,
    label: t(`menu.${entry.name}`),
  }));
}
