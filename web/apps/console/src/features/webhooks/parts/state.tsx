import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

import type { Delivery } from "../api/deliveries";
import type { Webhook } from "../api/webhooks";

const TONE: Record<Webhook["state"], Tone> = { active: "good", paused: "neutral", disabled: "bad", closed: "neutral" };
const DELIVERY_TONE: Record<Delivery["state"], Tone> = { waiting: "info", delivered: "good", failed: "bad" };

/** How a webhook stands; one that fails just now says so. */
export function WebhookTag({ webhook }: { webhook: Webhook }) {
  const { t } = useT("webhooks");
  if (webhook.state === "active" && webhook.failures > 0) return <Tag tone="warn">{t("failing")}</Tag>;
  return <Tag tone={TONE[webhook.state]}>{t(`state.${webhook.state}`)}</Tag>;
}

/** How a delivery stands. */
export function DeliveryTag({ delivery }: { delivery: Delivery }) {
  const { t } = useT("webhooks");
  return <Tag tone={DELIVERY_TONE[delivery.state]}>{t(`delivery.${delivery.state}`)}</Tag>;
}
