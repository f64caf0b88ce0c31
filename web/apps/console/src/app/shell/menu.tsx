import {
  AppstoreOutlined,
  BankOutlined,
  HomeOutlined,
  InboxOutlined,
  ProfileOutlined,
  ShopOutlined,
  ShoppingCartOutlined,
  TagsOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import type { ReactNode } from "react";

import { can, type Right } from "../../lib/access";
import { type Me, useMe } from "../../lib/me";

export interface Entry {
  to: "/" | "/shop" | "/orders" | "/stock" | "/skus" | "/prices" | "/organizations" | "/ledger" | "/users";
  label: string;
  icon: ReactNode;
}

const BUYERS = new Set(["distributor", "dealer"]);

function isOpen(me: Me, right: Right | undefined): boolean {
  return right === undefined || can(me, right);
}

/** Where this person can go, most used first; a phone's tab bar takes the first four. */
export function useMenu(): Entry[] {
  const { t } = useT("shell");
  const me = useMe();
  const entries: (Entry & { right?: Right; isShown?: boolean })[] = [
    { to: "/", label: t("menu.home"), icon: <HomeOutlined /> },
    {
      to: "/shop",
      label: t("menu.shop"),
      icon: <ShoppingCartOutlined />,
      right: "orders.place",
      isShown: BUYERS.has(me.kind),
    },
    { to: "/orders", label: t("menu.orders"), icon: <ProfileOutlined />, right: "orders.see" },
    { to: "/stock", label: t("menu.stock"), icon: <InboxOutlined />, right: "stock.see" },
    { to: "/skus", label: t("menu.skus"), icon: <AppstoreOutlined />, right: "catalog.see" },
    { to: "/prices", label: t("menu.prices"), icon: <TagsOutlined />, right: "prices.see" },
    { to: "/organizations", label: t("menu.organizations"), icon: <ShopOutlined />, right: "network.see" },
    { to: "/ledger", label: t("menu.ledger"), icon: <BankOutlined />, right: "ledger.see" },
    { to: "/users", label: t("menu.users"), icon: <TeamOutlined />, right: "users.see" },
  ];
  return entries.filter((entry) => entry.isShown !== false && isOpen(me, entry.right));
}
