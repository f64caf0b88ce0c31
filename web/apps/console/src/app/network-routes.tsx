import { createRoute, lazyRouteComponent } from "@tanstack/react-router";

import { linkQuery } from "../features/network/api/links";
import { organizationQuery } from "../features/network/api/organizations";
import { readListState } from "../lib/list-state";
import { queryClient } from "./query-client";
import { idParams, shell } from "./shell-route";

export const organizations = createRoute({
  getParentRoute: () => shell,
  path: "/organizations",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/network/pages/organizations"), "OrganizationsPage"),
});

export const organization = createRoute({
  getParentRoute: () => shell,
  path: "/organizations/$organizationId",
  params: idParams("organizationId"),
  loader: ({ params }) => queryClient.query({ ...organizationQuery(params.organizationId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/network/pages/organization"), "OrganizationPage"),
});

export const links = createRoute({
  getParentRoute: () => shell,
  path: "/links",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/network/pages/links"), "LinksPage"),
});

export const proposals = createRoute({
  getParentRoute: () => shell,
  path: "/link-proposals",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/network/pages/proposals"), "ProposalsPage"),
});

export const link = createRoute({
  getParentRoute: () => shell,
  path: "/links/$linkId",
  params: idParams("linkId"),
  loader: ({ params }) => queryClient.query({ ...linkQuery(params.linkId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("../features/network/pages/link"), "LinkPage"),
});

export const territories = createRoute({
  getParentRoute: () => shell,
  path: "/territories",
  validateSearch: readListState,
  component: lazyRouteComponent(() => import("../features/territories/pages/territories"), "TerritoriesPage"),
});
