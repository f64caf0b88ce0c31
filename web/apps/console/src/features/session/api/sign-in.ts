import { api, type components, take } from "@lingqu/api";

export type Credentials = components["schemas"]["Credentials"];

/** Start a session; the server keeps it in a cookie that no script can read. */
export function signIn(body: Credentials) {
  return take(api.POST("/api/v1/sessions", { body }));
}
