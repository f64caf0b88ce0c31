import { api, type components, type PagesQuery, take } from "@lingqu/api";

export type SessionLine = components["schemas"]["SessionLine"];

export const sessionsKey = ["me", "sessions"];

/** One's own live sessions. */
export const sessionsQuery: PagesQuery<SessionLine> = {
  queryKey: sessionsKey,
  fetchPage: (cursor, signal) =>
    take(api.GET("/api/v1/me/sessions", { params: { query: cursor === undefined ? {} : { cursor } }, signal })),
};

/** End one of them. */
export function endSession(id: string) {
  return take(api.DELETE("/api/v1/me/sessions/{session_id}", { params: { path: { session_id: id } } }));
}
