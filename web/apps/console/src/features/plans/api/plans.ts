import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type BacklogPlan = components["schemas"]["BacklogPlan"];
export type PlanDocument = components["schemas"]["PlanDocument"];
export type PlanSummary = components["schemas"]["PlanSummary"];
export type PlanOrder = components["schemas"]["PlanOrder"];
export type PlannedLine = components["schemas"]["PlannedLine"];
export type NewPlan = components["schemas"]["NewBacklogPlan"];
type Query<Path extends "/api/v1/backlog-plans" | "/api/v1/backlog-plans/{plan_id}/orders"> = Omit<
  NonNullable<paths[Path]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;
export type PlanFilter = Query<"/api/v1/backlog-plans">;
export type PlanOrderFilter = Query<"/api/v1/backlog-plans/{plan_id}/orders">;

export const plansKey = ["backlog-plans"] as const;
const LOOK_MS = 1000;

const at = (id: string) => ({ plan_id: id });

/** Tell whether a plan is still being made. */
export function isRunning({ state }: { state: BacklogPlan["state"] }): boolean {
  return state === "waiting" || state === "solving";
}

/** Plans for the orders that wait for goods, the newest first. */
export function plansQuery(filter: PlanFilter): PagesQuery<BacklogPlan> {
  return {
    queryKey: [...plansKey, "list", filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/backlog-plans", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** One plan; looked at again while it is being made. */
export function planQuery(id: string) {
  return queryOptions({
    queryKey: [...plansKey, "one", id],
    queryFn: ({ signal }) => take(api.GET("/api/v1/backlog-plans/{plan_id}", { params: { path: at(id) }, signal })),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? LOOK_MS : false),
  });
}

/** What a plan says of each order. */
export function planOrdersQuery(id: string, filter: PlanOrderFilter, limit = 50): PagesQuery<PlanOrder> {
  return {
    queryKey: [...plansKey, "orders", id, filter, limit],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/backlog-plans/{plan_id}/orders", {
          params: { path: at(id), query: { ...filter, limit, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

/** Ask for a plan; the same key asks once. */
export function askPlan(body: NewPlan, key: string) {
  return take(api.POST("/api/v1/backlog-plans", { body, params: { header: { "Idempotency-Key": key } } }));
}

/** Move what a plan moves; orders that changed meanwhile are skipped. */
export function applyPlan(id: string, key: string) {
  return take(
    api.POST("/api/v1/backlog-plans/{plan_id}/application", {
      params: { path: at(id), header: { "Idempotency-Key": key } },
    }),
  );
}

/** Discard a plan, also one that is being made. */
export function discardPlan(id: string, key: string) {
  return take(
    api.POST("/api/v1/backlog-plans/{plan_id}/discarding", {
      params: { path: at(id), header: { "Idempotency-Key": key } },
    }),
  );
}
