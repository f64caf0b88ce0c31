import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { Draft } from "../api/baskets";

const TONES: Record<Draft["state"], Tone> = { open: "neutral", submitted: "info", returned: "warn" };

/** Where a basket stands. */
export function BasketState({ draft }: { draft: Draft }) {
  const { t } = useT("approvals");
  return <Tag tone={TONES[draft.state]}>{t(`basket.state.${draft.state}`)}</Tag>;
}
