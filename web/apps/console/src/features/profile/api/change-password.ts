import { api, type components, take } from "@lingqu/api";

export type PasswordChange = components["schemas"]["PasswordChange"];

/** Change one's own password; every other session ends. */
export function changePassword(body: PasswordChange) {
  return take(api.PUT("/api/v1/me/password", { body }));
}
