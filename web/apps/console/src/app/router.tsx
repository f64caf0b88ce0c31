import { ProblemError } from "@lingqu/api";
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";

import { SignInPage } from "../features/session/pages/sign-in";
import { meQuery } from "../lib/me";
import { Crash, NoPage } from "./crash";
import { queryClient } from "./query-client";

const root = createRootRoute({ component: Outlet, notFoundComponent: NoPage });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: SignInPage,
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === "string" ? { next: search.next } : {},
});

/** Everything behind the door: the shell needs to know who is here before it draws anything. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: lazyRouteComponent(() => import("./shell/layout"), "Layout"),
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.query({ ...meQuery, staleTime: "static" });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error;
      throw redirect({ to: "/login", search: location.href === "/" ? {} : { next: location.href } });
    }
  },
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

export const router = createRouter({
  routeTree: root.addChildren([login, shell.addChildren([home, profile])]),
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
