import { api, take } from "@lingqu/api";

/** Go on for another organization that the user may act for; the cookie changes with it. */
export function switchOrganization(party: string) {
  return take(api.POST("/api/v1/me/sessions", { body: { party_id: party } }));
}
