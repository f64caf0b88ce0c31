import { createRoute, lazyRouteComponent } from "@tanstack/react-router";

import { returnQuery } from "../features/returns/api/returns";
import { readListState } from "../lib/list-state";
import { queryClient } from "./query-client";
import { shell } from "./shell-route";

export const returns = createRoute({
  getParentRoute: () => shell,
  path: "/joint-returns",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/returns/pages/returns"), "ReturnsPage"),
});

export const newReturn = createRoute({
  getParentRoute: () => shell,
  path: "/joint-returns/new",
  component: lazyRouteComponent(() => import("../features/returns/pages/new"), "NewReturnPage"),
});

export const oneReturn = createRoute({
  getParentRoute: () => shell,
  path: "/joint-returns/$returnId",
  loader: ({ params }) => queryClient.query({ ...returnQuery(params.returnId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/returns/pages/return"), "ReturnPage"),
});

export const forBuyer = createRoute({
  getParentRoute: () => shell,
  path: "/orders/for-buyer",
  component: lazyRouteComponent(() => import("../features/orders/pages/for-buyer"), "ForBuyerPage"),
});

export const backOrders = createRoute({
  getParentRoute: () => shell,
  path: "/back-orders",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/orders/pages/back-orders"), "BackOrdersPage"),
});

export const heldOrders = createRoute({
  getParentRoute: () => shell,
  path: "/held-orders",
  component: lazyRouteComponent(() => import("../features/orders/pages/held"), "HeldPage"),
});
