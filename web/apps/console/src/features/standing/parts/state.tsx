import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { Standing } from "../api/standing";

const TONES: Record<Standing["state"], Tone> = { active: "good", paused: "warn", ended: "neutral" };

/** Whether it runs. */
export function StandingState({ state }: { state: Standing["state"] }) {
  const { t } = useT("standing");
  return <Tag tone={TONES[state]}>{t(`state.${state}`)}</Tag>;
}
