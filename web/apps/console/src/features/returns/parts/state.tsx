import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { ReturnSummary } from "../api/returns";

const TONES: Record<ReturnSummary["status"], Tone> = {
  requested: "warn",
  accepted: "good",
  part: "info",
  rejected: "neutral",
};

/** How a return stands. */
export function ReturnState({ status }: { status: ReturnSummary["status"] }) {
  const { t } = useT("returns");
  return <Tag tone={TONES[status]}>{t(`status.${status}`)}</Tag>;
}
