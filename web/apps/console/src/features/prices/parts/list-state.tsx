import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { PriceListView } from "../api/price-lists";

const TONE: Record<PriceListView["status"], Tone> = { draft: "warn", published: "good", archived: "neutral" };

export function ListState({ status }: { status: PriceListView["status"] }) {
  const { t } = useT("prices");
  return <Tag tone={TONE[status]}>{t(`list.state.${status}`)}</Tag>;
}
