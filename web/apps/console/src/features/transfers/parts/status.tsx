import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { TransferHead } from "../api/transfers";

const TONES: Record<TransferHead["status"], Tone> = {
  requested: "info",
  "in-transit": "warn",
  closed: "good",
  cancelled: "neutral",
};

export function TransferStatus({ status }: { status: TransferHead["status"] }) {
  const { t } = useT("transfers");
  return <Tag tone={TONES[status]}>{t(`status.${status}`)}</Tag>;
}
