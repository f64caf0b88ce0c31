import { api, type PagesQuery, take } from "@lingqu/api";

import type { ToDo } from "../../../lib/to-do";

/** Everything about approvals stands under this key. */
export const approvalsKey = ["approvals"];

/** What waits for one's decision, the oldest first. */
export const toDoQuery: PagesQuery<ToDo> = {
  queryKey: [...approvalsKey, "list"],
  fetchPage: (cursor, signal) =>
    take(api.GET("/api/v1/approvals", { params: { query: cursor === undefined ? {} : { cursor } }, signal })),
};
