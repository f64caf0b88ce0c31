import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { LinkLine } from "../api/links";
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
