import { api, type components, type PagesQuery, take } from "@lingqu/api";
import { queryOptions } from "@tanstack/react-query";

export type Notice = components["schemas"]["Notice"];

/** Everything about notices stands under this key. */
export const noticesKey = ["notices"];

const POLL_MS = 60_000;

/** What one was told, the newest first. */
export const noticesQuery: PagesQuery<Notice> = {
  queryKey: [...noticesKey, "list"],
  fetchPage: (cursor, signal) =>
    take(api.GET("/api/v1/notices", { params: { query: cursor === undefined ? {} : { cursor } }, signal })),
};

/** How many wait to be read. */
export const unreadQuery = queryOptions({
  queryKey: [...noticesKey, "unread"],
  queryFn: ({ signal }) => take(api.GET("/api/v1/notices/unread", { signal })),
  refetchInterval: POLL_MS,
});

/** Mark one as read. */
export function readNotice(id: string) {
  return take(api.POST("/api/v1/notices/{notice_id}/reading", { params: { path: { notice_id: id } } }));
}

/** Mark all as read. */
export function readNotices() {
  return take(api.POST("/api/v1/notices/reading"));
}
