import { api, take } from "@lingqu/api";

/** End this session. */
export function signOut() {
  return take(api.DELETE("/api/v1/sessions/current"));
}
