import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { Grant, LinkLine } from "../api/links";
import type { Proposal } from "../api/proposals";
import type { Organization } from "../api/organizations";

const TONE: Record<Organization["status"], Tone> = {
  applied: "warn",
  approved: "info",
  active: "good",
  suspended: "bad",
  closed: "neutral",
};

export function OrganizationState({ status }: { status: Organization["status"] }) {
  const { t } = useT("network");
  return <Tag tone={TONE[status]}>{t(`status.${status}`)}</Tag>;
}

export function LinkState({ status }: { status: LinkLine["status"] }) {
  const { t } = useT("links");
  return <Tag tone={TONE[status]}>{t(`status.${status}`)}</Tag>;
}

const GRANT_TONE: Record<Grant["state"], Tone> = {
  live: "good",
  planned: "info",
  ended: "neutral",
  revoked: "neutral",
};

export function GrantState({ state }: { state: Grant["state"] }) {
  const { t } = useT("links");
  return <Tag tone={GRANT_TONE[state]}>{t(`state.${state}`)}</Tag>;
}

const PROPOSAL_TONE: Record<Proposal["status"], Tone> = {
  open: "warn",
  accepted: "good",
  declined: "bad",
  withdrawn: "neutral",
  expired: "neutral",
};

export function ProposalState({ status }: { status: Proposal["status"] }) {
  const { t } = useT("links");
  return <Tag tone={PROPOSAL_TONE[status]}>{t(`proposal.status.${status}`)}</Tag>;
}
