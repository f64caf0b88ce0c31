import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { SKU } from "../api/sku";

const TONE: Record<SKU["status"], Tone> = { active: "good", discontinued: "warn", archived: "neutral" };

export function SKUState({ status }: { status: SKU["status"] }) {
  const { t } = useT("skus");
  return <Tag tone={TONE[status]}>{t(`status.${status}`)}</Tag>;
}
