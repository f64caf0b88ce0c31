import { api, type components, type PagesQuery, type paths, take } from "@lingqu/api";

import { linksKey } from "./links";

export type Proposal = components["schemas"]["Proposal"];
export type NewProposal = components["schemas"]["NewProposal"];
export type ProposalFilter = Omit<NonNullable<paths["/api/v1/link-proposals"]["get"]["parameters"]["query"]>, "cursor">;

/** Under the key of links: an accepted one becomes a link. */
export const proposalsKey = [...linksKey, "proposals"];

/** Links that were proposed to one's side, or by it, the last first. */
export function proposalsQuery(filter: ProposalFilter): PagesQuery<Proposal> {
  return {
    queryKey: [...proposalsKey, filter],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/link-proposals", {
          params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

export function proposeLink(body: NewProposal, key: string) {
  return take(api.POST("/api/v1/link-proposals", { body, params: { header: { "Idempotency-Key": key } } }));
}

const at = (id: number, key: string) => ({ path: { proposal_id: id }, header: { "Idempotency-Key": key } });

export function acceptProposal(id: number, key: string) {
  return take(api.POST("/api/v1/link-proposals/{proposal_id}/acceptance", { params: at(id, key) }));
}

export function declineProposal(id: number, reason: string, key: string) {
  return take(api.POST("/api/v1/link-proposals/{proposal_id}/declination", { body: { reason }, params: at(id, key) }));
}

export function withdrawProposal(id: number, key: string) {
  return take(api.POST("/api/v1/link-proposals/{proposal_id}/withdrawal", { params: at(id, key) }));
}
