import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { CountHead } from "../api/counts";

const TONES: Record<CountHead["status"], Tone> = { open: "info", posted: "good", cancelled: "neutral" };

export function CountStatus({ status }: { status: CountHead["status"] }) {
  const { t } = useT("counts");
  return <Tag tone={TONES[status]}>{t(`status.${status}`)}</Tag>;
}
