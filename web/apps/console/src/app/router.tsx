import { createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { basketQuery } from "../features/approvals/api/baskets";
import { SignInPage } from "../features/session/pages/sign-in";
import { accountQuery } from "../features/ledger/api/accounts";
import { orderQuery } from "../features/orders/api/order";
import { priceListQuery } from "../features/prices/api/price-lists";
import { oneStandingQuery } from "../features/standing/api/standing";
import { nodeStockQuery } from "../features/stock/api/stock";
import { skuQuery } from "../features/skus/api/sku";
import { roleQuery } from "../features/users/api/roles";
import { userQuery } from "../features/users/api/users";
import { webhookQuery } from "../features/webhooks/api/webhooks";
import { readListState } from "../lib/list-state";
import * as counter from "./counter-routes";
import * as plans from "./plan-routes";
import { Crash, NoPage } from "./crash";
import { queryClient } from "./query-client";
import * as network from "./network-routes";
import { backOrders, forBuyer, heldOrders, newReturn, oneReturn, returns } from "./order-routes";
import { idParams, root, shell } from "./shell-route";

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: SignInPage,
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === "string" ? { next: search.next } : {},
});

const readToken = (search: Record<string, unknown>): { token?: string } =>
  typeof search.token === "string" ? { token: search.token } : {};

const reset = createRoute({
  getParentRoute: () => root,
  path: "/password-reset",
  validateSearch: readToken,
  component: lazyRouteComponent(() => import("../features/session/pages/reset"), "ResetPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  validateSearch: readToken,
  component: lazyRouteComponent(() => import("../features/session/pages/invitation"), "InvitationPage"),
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  component: lazyRouteComponent(() => import("../features/home/pages/home"), "HomePage"),
});

const profile = createRoute({
  getParentRoute: () => shell,
  path: "/profile",
  component: lazyRouteComponent(() => import("../features/profile/pages/profile"), "ProfilePage"),
});

const orders = createRoute({
  getParentRoute: () => shell,
  path: "/orders",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/orders/pages/orders"), "OrdersPage"),
});

const order = createRoute({
  getParentRoute: () => shell,
  path: "/orders/$orderId",
  loader: ({ params }) => queryClient.query({ ...orderQuery(params.orderId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/orders/pages/order"), "OrderPage"),
});

const skus = createRoute({
  getParentRoute: () => shell,
  path: "/skus",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/skus/pages/skus"), "SKUsPage"),
});

const sku = createRoute({
  getParentRoute: () => shell,
  path: "/skus/$skuId",
  params: idParams("skuId"),
  loader: ({ params }) => queryClient.query({ ...skuQuery(params.skuId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/skus/pages/sku"), "SKUPage"),
});

const sellers = createRoute({
  getParentRoute: () => shell,
  path: "/shop",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/shop/pages/sellers"), "SellersPage"),
});

const shop = createRoute({
  getParentRoute: () => shell,
  path: "/shop/$sellerId",
  params: idParams("sellerId"),
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/shop/pages/shop"), "ShopPage"),
});

const cart = createRoute({
  getParentRoute: () => shell,
  path: "/shop/$sellerId/cart",
  params: idParams("sellerId"),
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/shop/pages/cart"), "CartPage"),
});

const lists = createRoute({
  getParentRoute: () => shell,
  path: "/shop/$sellerId/lists",
  params: idParams("sellerId"),
  component: lazyRouteComponent(() => import("../features/shop/pages/lists"), "ListsPage"),
});

const prices = createRoute({
  getParentRoute: () => shell,
  path: "/prices",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/prices/pages/prices"), "PricesPage"),
});

const priceList = createRoute({
  getParentRoute: () => shell,
  path: "/prices/$listId",
  params: idParams("listId"),
  validateSearch: readListState,
  loader: ({ params }) => queryClient.query({ ...priceListQuery(params.listId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/prices/pages/price-list"), "PriceListPage"),
});

const stock = createRoute({
  getParentRoute: () => shell,
  path: "/stock",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/stock/pages/stock"), "StockPage"),
});

const nodeStock = createRoute({
  getParentRoute: () => shell,
  path: "/stock/$nodeId/$skuId",
  params: idParams("nodeId", "skuId"),
  loader: ({ params }) => queryClient.query({ ...nodeStockQuery(params.nodeId, params.skuId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/stock/pages/node-stock"), "NodeStockPage"),
});

const standing = createRoute({
  getParentRoute: () => shell,
  path: "/standing",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/standing/pages/list"), "StandingListPage"),
});

const newStanding = createRoute({
  getParentRoute: () => shell,
  path: "/standing/new/$templateId",
  component: lazyRouteComponent(() => import("../features/standing/pages/new"), "NewStandingPage"),
});

const oneStanding = createRoute({
  getParentRoute: () => shell,
  path: "/standing/$standingId",
  loader: ({ params }) => queryClient.query({ ...oneStandingQuery(params.standingId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/standing/pages/one"), "StandingPage"),
});

const routing = createRoute({
  getParentRoute: () => shell,
  path: "/routing",
  component: lazyRouteComponent(() => import("../features/routing/pages/routing"), "RoutingPage"),
});

const approvals = createRoute({
  getParentRoute: () => shell,
  path: "/approvals",
  component: lazyRouteComponent(() => import("../features/approvals/pages/approvals"), "ApprovalsPage"),
});

const approvalRules = createRoute({
  getParentRoute: () => shell,
  path: "/approval-rules",
  component: lazyRouteComponent(() => import("../features/approvals/pages/rules"), "RulesPage"),
});

const baskets = createRoute({
  getParentRoute: () => shell,
  path: "/baskets",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/approvals/pages/baskets"), "BasketsPage"),
});

const basket = createRoute({
  getParentRoute: () => shell,
  path: "/baskets/$basketId",
  loader: ({ params }) => queryClient.query({ ...basketQuery(params.basketId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/approvals/pages/basket"), "BasketPage"),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: "/imports",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/imports/pages/imports"), "ImportsPage"),
});

const accounts = createRoute({
  getParentRoute: () => shell,
  path: "/ledger",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/ledger/pages/accounts"), "AccountsPage"),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: "/ledger/$accountId",
  loader: ({ params }) => queryClient.query({ ...accountQuery(params.accountId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/ledger/pages/account"), "AccountPage"),
});

const users = createRoute({
  getParentRoute: () => shell,
  path: "/users",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/users/pages/users"), "UsersPage"),
});

const user = createRoute({
  getParentRoute: () => shell,
  path: "/users/$userId",
  params: idParams("userId"),
  loader: ({ params }) => queryClient.query({ ...userQuery(params.userId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/users/pages/user"), "UserPage"),
});

const role = createRoute({
  getParentRoute: () => shell,
  path: "/roles/$roleId",
  params: idParams("roleId"),
  loader: ({ params }) => queryClient.query({ ...roleQuery(params.roleId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/users/pages/role"), "RolePage"),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: "/audit",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/audit/pages/audit"), "AuditPage"),
});

const payments = createRoute({
  getParentRoute: () => shell,
  path: "/payments",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/payments/pages/payments"), "PaymentsPage"),
});

const webhooks = createRoute({
  getParentRoute: () => shell,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("../features/webhooks/pages/webhooks"), "WebhooksPage"),
});

const webhook = createRoute({
  getParentRoute: () => shell,
  path: "/webhooks/$webhookId",
  params: idParams("webhookId"),
  validateSearch: readListState,
  loader: ({ params }) => queryClient.query({ ...webhookQuery(params.webhookId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/webhooks/pages/webhook"), "WebhookPage"),
});

const notices = createRoute({
  getParentRoute: () => shell,
  path: "/notices",
  component: lazyRouteComponent(() => import("../features/notices/pages/notices"), "NoticesPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    reset,
    invitation,
    shell.addChildren([
      home,
      profile,
      orders,
      order,
      forBuyer,
      skus,
      sku,
      sellers,
      shop,
      cart,
      lists,
      prices,
      priceList,
      heldOrders,
      plans.list,
      plans.one,
      returns,
      newReturn,
      oneReturn,
      approvals,
      approvalRules,
      baskets,
      basket,
      routing,
      counter.till,
      counter.sales,
      counter.sale,
      standing,
      newStanding,
      oneStanding,
      backOrders,
      stock,
      nodeStock,
      counter.counts,
      counter.count,
      counter.transfers,
      counter.transfer,
      network.organizations,
      network.organization,
      network.links,
      network.link,
      network.proposals,
      network.territories,
      counter.members,
      counter.member,
      accounts,
      account,
      counter.agreements,
      counter.agreement,
      users,
      user,
      role,
      imports,
      audit,
      payments,
      webhooks,
      webhook,
      notices,
    ]),
  ]),
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: NoPage,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
