import { api, take } from "@lingqu/api";

/** Ask for a link to a new password; the answer never says whether the login exists. */
export function askReset(login: string) {
  return take(api.POST("/api/v1/password-resets", { body: { login } }));
}

/** Set the new password with the token of the link. */
export function finishReset(token: string, password: string) {
  return take(api.POST("/api/v1/password-resets/completion", { body: { token, password } }));
}
