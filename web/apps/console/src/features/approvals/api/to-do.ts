import { api, type components, type PagesQuery, take } from "@lingqu/api";

export type ToDo = components["schemas"]["ToDo"];

/** Everything about approvals stands under this key. */
export const approvalsKey = ["approvals"];

/** What a thing is called: an order by its other side, which is the seller for a buyer that has to agree. */
export function nameOf(one: ToDo): string {
  const subject: Record<string, unknown> = one.subject;
  const name = subject.asks_buyer === true && one.level === 1 ? subject.seller_name : subject.name;
  return typeof name === "string" ? name : one.object_id;
}

/** What waits for one's decision, the oldest first. */
export const toDoQuery: PagesQuery<ToDo> = {
  queryKey: [...approvalsKey, "list"],
  fetchPage: (cursor, signal) =>
    take(api.GET("/api/v1/approvals", { params: { query: cursor === undefined ? {} : { cursor } }, signal })),
};
