import { api, type components, type PagesQuery, take } from "@lingqu/api";

export type ToDo = components["schemas"]["ToDo"];

/** Everything about approvals stands under this key. */
export const approvalsKey = ["approvals"];

/** What a thing is called. */
export function nameOf(one: ToDo): string {
  return typeof one.subject.name === "string" ? one.subject.name : one.object_id;
}

/** What waits for one's decision, the oldest first. */
export const toDoQuery: PagesQuery<ToDo> = {
  queryKey: [...approvalsKey, "list"],
  fetchPage: (cursor, signal) =>
    take(api.GET("/api/v1/approvals", { params: { query: cursor === undefined ? {} : { cursor } }, signal })),
};
