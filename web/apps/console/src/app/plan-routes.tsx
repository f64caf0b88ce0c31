import { createRoute, lazyRouteComponent } from "@tanstack/react-router";

import { planQuery } from "../features/plans/api/plans";
import { readListState } from "../lib/list-state";
import { queryClient } from "./query-client";
import { shell } from "./shell-route";

export const list = createRoute({
  getParentRoute: () => shell,
  path: "/backlog-plans",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/plans/pages/plans"), "PlansPage"),
});

export const one = createRoute({
  getParentRoute: () => shell,
  path: "/backlog-plans/$planId",
  validateSearch: readListState,
  loader: ({ params }) => queryClient.query({ ...planQuery(params.planId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/plans/pages/plan"), "PlanPage"),
});
