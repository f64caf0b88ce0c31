import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { BacklogPlan, PlanOrder } from "../api/plans";

const TONES: Record<BacklogPlan["state"], Tone> = {
  waiting: "info",
  solving: "info",
  ready: "warn",
  applied: "good",
  discarded: "neutral",
};

export function PlanState({ state }: { state: BacklogPlan["state"] }) {
  const { t } = useT("plans");
  return <Tag tone={TONES[state]}>{t(`state.${state}`)}</Tag>;
}

const ORDER_TONES: Record<PlanOrder["state"], Tone> = {
  stays: "neutral",
  moves: "info",
  applied: "good",
  skipped: "bad",
};

/** What becomes of an order, and why it was skipped. */
export function OrderState({ order }: { order: PlanOrder }) {
  const { t } = useT("plans");
  return (
    <span className="lq-row">
      <Tag tone={ORDER_TONES[order.state]}>{t(`orderState.${order.state}`)}</Tag>
      {order.why !== "" && <span className="lq-soft lq-small">{t(`skipped.${order.why}`)}</span>}
    </span>
  );
}
