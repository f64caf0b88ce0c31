import { api, type components, type PagesQuery, take } from "@lingqu/api";

import { usersKey } from "./users";

export type InvitationLine = components["schemas"]["InvitationLine"];

/** Invitations into the own organization and those below. */
export const invitationsQuery: PagesQuery<InvitationLine> = {
  queryKey: [...usersKey, "invitations"],
  fetchPage: (cursor, signal) =>
    take(api.GET("/api/v1/invitations", { params: { query: cursor === undefined ? {} : { cursor } }, signal })),
};

/** Take an open invitation back. */
export function revokeInvitation(id: string) {
  return take(api.DELETE("/api/v1/invitations/{invitation_id}", { params: { path: { invitation_id: id } } }));
}

export type Invitation = components["schemas"]["InvitationBody"];

/** Invite somebody; the answer holds the link, which is shown this once. */
export function inviteUser(organization: number, body: Invitation, key: string) {
  return take(
    api.POST("/api/v1/organizations/{organization_id}/invitations", {
      body,
      params: { path: { organization_id: organization }, header: { "Idempotency-Key": key } },
    }),
  );
}
