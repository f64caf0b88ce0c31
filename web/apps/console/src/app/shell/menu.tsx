import {
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BranchesOutlined,
  CalculatorOutlined,
  CalendarOutlined,
  CreditCardOutlined,
  EnvironmentOutlined,
  FileTextOutlined,
  HistoryOutlined,
  HomeOutlined,
  HourglassOutlined,
  IdcardOutlined,
  ImportOutlined,
  InboxOutlined,
  LinkOutlined,
  NodeIndexOutlined,
  OrderedListOutlined,
  PayCircleOutlined,
  ProfileOutlined,
  SafetyCertificateOutlined,
  ShopOutlined,
  ShoppingCartOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { Catalogue } from "@lingqu/i18n";
import { useT } from "@lingqu/i18n";
import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { can, type Right } from "../../lib/access";
import { type Me, useMe } from "../../lib/me";

export interface Entry {
  name: keyof Catalogue["shell"]["menu"];
  to: NonNullable<LinkProps["to"]>;
  icon: ReactNode;
  right?: Right;
  /** The kinds of organization that have this place; every kind where it is left out. */
  kinds?: string[];
}

const ENTRIES: Entry[] = [
  { name: "home", to: "/", icon: <HomeOutlined /> },
  {
    name: "shop",
    to: "/shop",
    icon: <ShoppingCartOutlined />,
    right: "orders.place",
    kinds: ["distributor", "dealer"],
  },
  { name: "till", to: "/till", icon: <CalculatorOutlined />, right: "orders.sell", kinds: ["dealer"] },
  { name: "orders", to: "/orders", icon: <ProfileOutlined />, right: "orders.see" },
  {
    name: "standing",
    to: "/standing",
    icon: <CalendarOutlined />,
    right: "orders.see",
    kinds: ["supplier", "distributor", "dealer"],
  },
  { name: "stock", to: "/stock", icon: <InboxOutlined />, right: "stock.see" },
  { name: "counts", to: "/counts", icon: <OrderedListOutlined />, right: "stock.see" },
  { name: "transfers", to: "/transfers", icon: <SwapOutlined />, right: "stock.see" },
  { name: "approvals", to: "/approvals", icon: <AuditOutlined /> },
  {
    name: "baskets",
    to: "/baskets",
    icon: <FileTextOutlined />,
    right: "orders.place",
    kinds: ["distributor", "dealer"],
  },
  { name: "skus", to: "/skus", icon: <AppstoreOutlined />, right: "catalog.see" },
  { name: "prices", to: "/prices", icon: <TagsOutlined />, right: "prices.see" },
  { name: "till", to: "/till", icon: <CalculatorOutlined />, right: "orders.sell", kinds: ["distributor"] },
  {
    name: "routing",
    to: "/routing",
    icon: <BranchesOutlined />,
    right: "routing.see",
    kinds: ["brand", "supplier", "distributor"],
  },
  {
    name: "backOrders",
    to: "/back-orders",
    icon: <HourglassOutlined />,
    right: "orders.confirm",
    kinds: ["brand", "supplier", "distributor"],
  },
  {
    name: "plans",
    to: "/backlog-plans",
    icon: <NodeIndexOutlined />,
    right: "routing.see",
    kinds: ["brand", "supplier", "distributor"],
  },
  {
    name: "approvalRules",
    to: "/approval-rules",
    icon: <SafetyCertificateOutlined />,
    right: "orders.rules",
    kinds: ["brand", "supplier", "distributor", "dealer"],
  },
  { name: "organizations", to: "/organizations", icon: <ShopOutlined />, right: "network.see" },
  { name: "links", to: "/links", icon: <LinkOutlined />, right: "network.see" },
  {
    name: "territories",
    to: "/territories",
    icon: <EnvironmentOutlined />,
    right: "territories.see",
    kinds: ["platform", "brand", "distributor", "dealer"],
  },
  { name: "members", to: "/members", icon: <IdcardOutlined />, right: "members.see" },
  { name: "ledger", to: "/ledger", icon: <BankOutlined />, right: "ledger.see" },
  { name: "credit", to: "/credit", icon: <CreditCardOutlined />, right: "credit.see" },
  { name: "payments", to: "/payments", icon: <PayCircleOutlined />, right: "payments.see" },
  { name: "users", to: "/users", icon: <TeamOutlined />, right: "users.see" },
  {
    name: "imports",
    to: "/imports",
    icon: <ImportOutlined />,
    right: "prices.edit",
    kinds: ["platform", "brand", "supplier", "distributor"],
  },
  { name: "audit", to: "/audit", icon: <HistoryOutlined />, right: "audit.see" },
  { name: "webhooks", to: "/webhooks", icon: <ApiOutlined />, right: "webhooks.edit" },
];

function isOpen({ right, kinds }: Entry, me: Me): boolean {
  return (right === undefined || can(me, right)) && (kinds === undefined || kinds.includes(me.kind));
}

/** Where this person can go, most used first; a phone's tab bar takes the first four. */
export function useMenu(): (Entry & { label: string })[] {
  const { t } = useT("shell");
  const me = useMe();
  return ENTRIES.filter((entry) => isOpen(entry, me)).map((entry) => ({
    ...entry,
    label: t(`menu.${entry.name}`),
  }));
}
