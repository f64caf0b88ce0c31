import { api, type components, take } from "@lingqu/api";

export type Acceptance = components["schemas"]["AcceptanceBody"];

/** Take an invitation with a login and password of one's own; it signs in as well. */
export function acceptInvitation(body: Acceptance) {
  return take(api.POST("/api/v1/invitations/acceptance", { body }));
}
