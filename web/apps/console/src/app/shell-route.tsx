import { ProblemError } from "@lingqu/api";
import { enterHouse } from "@lingqu/i18n";
import { createRootRoute, createRoute, lazyRouteComponent, notFound, Outlet, redirect } from "@tanstack/react-router";

import { meQuery } from "../lib/me";
import { NoPage } from "./crash";
import { queryClient } from "./query-client";

export const root = createRootRoute({ component: Outlet, notFoundComponent: NoPage });

/** Numbers in an address; where one is none there is no page. */
export function idParams<Name extends string>(...names: Name[]) {
  return {
    parse: (params: Record<Name, string>) => {
      if (names.some((name) => !/^\d{1,9}$/.test(params[name]))) throw notFound();
      return Object.fromEntries(names.map((name) => [name, Number(params[name])])) as Record<Name, number>;
    },
    stringify: (params: Record<Name, number>) =>
      Object.fromEntries(names.map((name) => [name, String(params[name])])) as Record<Name, string>,
  };
}

/** Everything behind the door: the shell needs to know who is here, and the words, before it draws. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: lazyRouteComponent(() => import("./shell/layout"), "Layout"),
  beforeLoad: async ({ location }) => {
    try {
      await Promise.all([queryClient.query({ ...meQuery, staleTime: "static" }), enterHouse()]);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error;
      throw redirect({ to: "/login", search: location.href === "/" ? {} : { next: location.href } });
    }
  },
});
