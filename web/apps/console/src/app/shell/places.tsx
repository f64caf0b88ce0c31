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
  FileDoneOutlined,
  FileTextOutlined,
  HistoryOutlined,
  HomeOutlined,
  HourglassOutlined,
  IdcardOutlined,
  ImportOutlined,
  InboxOutlined,
  LinkOutlined,
  OrderedListOutlined,
  PauseCircleOutlined,
  PayCircleOutlined,
  ProfileOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  ShopOutlined,
  ShoppingCartOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { Catalogue } from "@lingqu/i18n";
import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Right } from "../../lib/access";

export type PlaceName = Exclude<keyof Catalogue["shell"]["menu"], "label" | "all" | "group">;
export type GroupName = keyof Catalogue["shell"]["menu"]["group"];

export interface Place {
  name: PlaceName;
  to: NonNullable<LinkProps["to"]>;
  icon: ReactNode;
  right?: Right;
  /** The kinds of organization that have this place; every kind where it is left out. */
  kinds?: string[];
}

const BUYERS = ["distributor", "dealer"];
const SELLERS = ["brand", "supplier", "distributor"];

/** Every place, by the job that leads there. `today` stands first and needs no heading. */
export const GROUPS: Record<GroupName, Place[]> = {
  today: [
    { name: "home", to: "/", icon: <HomeOutlined /> },
    { name: "approvals", to: "/approvals", icon: <AuditOutlined /> },
  ],
  buy: [
    { name: "shop", to: "/shop", icon: <ShoppingCartOutlined />, right: "orders.place", kinds: BUYERS },
    { name: "baskets", to: "/baskets", icon: <FileTextOutlined />, right: "orders.place", kinds: BUYERS },
  ],
  counter: [
    { name: "till", to: "/till", icon: <CalculatorOutlined />, right: "orders.sell", kinds: BUYERS },
    { name: "sales", to: "/till/sales", icon: <FileDoneOutlined />, right: "orders.sell", kinds: BUYERS },
    { name: "members", to: "/members", icon: <IdcardOutlined />, right: "members.see" },
  ],
  orders: [
    { name: "orders", to: "/orders", icon: <ProfileOutlined />, right: "orders.see" },
    { name: "backOrders", to: "/back-orders", icon: <HourglassOutlined />, right: "orders.confirm", kinds: SELLERS },
    { name: "heldOrders", to: "/held-orders", icon: <PauseCircleOutlined />, right: "routing.see", kinds: SELLERS },
    { name: "returns", to: "/joint-returns", icon: <RollbackOutlined />, right: "orders.see" },
    {
      name: "standing",
      to: "/standing",
      icon: <CalendarOutlined />,
      right: "orders.see",
      kinds: ["supplier", ...BUYERS],
    },
  ],
  goods: [
    { name: "skus", to: "/skus", icon: <AppstoreOutlined />, right: "catalog.see" },
    { name: "prices", to: "/prices", icon: <TagsOutlined />, right: "prices.see" },
    {
      name: "imports",
      to: "/imports",
      icon: <ImportOutlined />,
      right: "prices.edit",
      kinds: ["platform", ...SELLERS],
    },
  ],
  stock: [
    { name: "stock", to: "/stock", icon: <InboxOutlined />, right: "stock.see" },
    { name: "counts", to: "/counts", icon: <OrderedListOutlined />, right: "stock.see" },
    { name: "transfers", to: "/transfers", icon: <SwapOutlined />, right: "stock.see" },
    { name: "routing", to: "/routing", icon: <BranchesOutlined />, right: "routing.see", kinds: SELLERS },
  ],
  money: [
    { name: "ledger", to: "/ledger", icon: <BankOutlined />, right: "ledger.see" },
    { name: "credit", to: "/credit", icon: <CreditCardOutlined />, right: "credit.see" },
    { name: "payments", to: "/payments", icon: <PayCircleOutlined />, right: "payments.see" },
  ],
  network: [
    { name: "organizations", to: "/organizations", icon: <ShopOutlined />, right: "network.see" },
    { name: "links", to: "/links", icon: <LinkOutlined />, right: "network.see" },
    {
      name: "territories",
      to: "/territories",
      icon: <EnvironmentOutlined />,
      right: "territories.see",
      kinds: ["platform", "brand", ...BUYERS],
    },
  ],
  settings: [
    { name: "users", to: "/users", icon: <TeamOutlined />, right: "users.see" },
    {
      name: "approvalRules",
      to: "/approval-rules",
      icon: <SafetyCertificateOutlined />,
      right: "orders.rules",
      kinds: [...SELLERS, "dealer"],
    },
    { name: "webhooks", to: "/webhooks", icon: <ApiOutlined />, right: "webhooks.edit" },
    { name: "audit", to: "/audit", icon: <HistoryOutlined />, right: "audit.see" },
  ],
};
