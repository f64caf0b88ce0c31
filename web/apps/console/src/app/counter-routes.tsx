import { createRoute, lazyRouteComponent } from "@tanstack/react-router";

import { countQuery } from "../features/counts/api/counts";
import { agreementQuery } from "../features/credit/api/agreements";
import { memberQuery } from "../features/members/api/members";
import { slipQuery } from "../features/till/api/sales";
import { transferQuery } from "../features/transfers/api/transfers";
import { readListState } from "../lib/list-state";
import { queryClient } from "./query-client";
import { idParams, shell } from "./shell-route";

export const till = createRoute({
  getParentRoute: () => shell,
  path: "/till",
  component: lazyRouteComponent(() => import("../features/till/pages/till"), "TillPage"),
});

export const sales = createRoute({
  getParentRoute: () => shell,
  path: "/till/sales",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/till/pages/sales"), "SalesPage"),
});

export const sale = createRoute({
  getParentRoute: () => shell,
  path: "/till/sales/$saleId",
  validateSearch: readListState,
  loader: ({ params }) => queryClient.query({ ...slipQuery(params.saleId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/till/pages/sale"), "SalePage"),
});

export const counts = createRoute({
  getParentRoute: () => shell,
  path: "/counts",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/counts/pages/counts"), "CountsPage"),
});

export const count = createRoute({
  getParentRoute: () => shell,
  path: "/counts/$countId",
  loader: ({ params }) => queryClient.query({ ...countQuery(params.countId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/counts/pages/count"), "CountPage"),
});

export const transfers = createRoute({
  getParentRoute: () => shell,
  path: "/transfers",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/transfers/pages/transfers"), "TransfersPage"),
});

export const transfer = createRoute({
  getParentRoute: () => shell,
  path: "/transfers/$transferId",
  loader: ({ params }) => queryClient.query({ ...transferQuery(params.transferId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/transfers/pages/transfer"), "TransferPage"),
});

export const members = createRoute({
  getParentRoute: () => shell,
  path: "/members",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/members/pages/members"), "MembersPage"),
});

export const member = createRoute({
  getParentRoute: () => shell,
  path: "/members/$memberId",
  loader: ({ params }) => queryClient.query({ ...memberQuery(params.memberId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/members/pages/member"), "MemberPage"),
});

export const agreements = createRoute({
  getParentRoute: () => shell,
  path: "/credit",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/credit/pages/agreements"), "AgreementsPage"),
});

export const agreement = createRoute({
  getParentRoute: () => shell,
  path: "/credit/$agreementId",
  params: idParams("agreementId"),
  loader: ({ params }) => queryClient.query({ ...agreementQuery(params.agreementId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/credit/pages/agreement"), "AgreementPage"),
});
