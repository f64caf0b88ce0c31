import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { OnlinePayment } from "./payments";

const TONE: Record<OnlinePayment["state"], Tone> = {
  opening: "info",
  open: "info",
  paid: "good",
  refunding: "warn",
  refunded: "neutral",
  credited: "neutral",
  failed: "bad",
  expired: "neutral",
  "given-up": "neutral",
};

/** How an online payment stands; one that needs a person says so. */
export function PaymentTag({ payment }: { payment: OnlinePayment }) {
  const { t } = useT("payments");
  return (
    <span className="lq-row">
      <Tag tone={TONE[payment.state]}>{t(`state.${payment.state}`)}</Tag>
      {payment.is_stuck && <Tag tone="bad">{t("stuck")}</Tag>}
    </span>
  );
}
