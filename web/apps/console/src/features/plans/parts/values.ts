import type { PagesQuery } from "@lingqu/api";

import type { PlannedLine, PlanOrder } from "../api/plans";

/** A line of an order in a plan, as a row of a file. */
export interface LineRow {
  order: PlanOrder;
  line: PlannedLine;
}

/** What of a line has its goods once the plan is made. */
export function servedOf(line: PlannedLine): number {
  return line.parts.length === 0 ? line.reserved : line.parts.reduce((sum, part) => sum + part.served, 0);
}

/** Where a line goes, by the names of the nodes: `A → B 6 + C 4`. */
export function wayOf(line: PlannedLine, nameOf: (id: number) => string): string {
  const from = nameOf(line.node_id);
  const [only, ...others] = line.parts;
  if (only === undefined) return from;
  if (others.length === 0) return only.node_id === line.node_id ? from : `${from} → ${nameOf(only.node_id)}`;
  return `${from} → ${line.parts.map((part) => `${nameOf(part.node_id)} ${String(part.quantity)}`).join(" + ")}`;
}

/** The lines of the orders of a list, page by page. */
export function linesOf(query: PagesQuery<PlanOrder>): PagesQuery<LineRow> {
  return {
    queryKey: [...query.queryKey, "lines"],
    fetchPage: async (cursor, signal) => {
      const page = await query.fetchPage(cursor, signal);
      return {
        items: page.items.flatMap((order) => order.content.lines.map((line) => ({ order, line }))),
        next: page.next ?? null,
      };
    },
  };
}
