import { useT } from "@lingqu/i18n";

import { cancelOrder } from "../api/cancel";
import { Reason } from "./return-dialog";
import { StepDialog } from "../../../lib/step-dialog";
import { ordersKey } from "../api/orders";

/** Cancel an order, or what has not been shipped of it. */
export function CancelDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useT("orders");
  return (
    <StepDialog<{ reason: string }>
      changes={ordersKey}
      title={t("cancelOrder.title")}
      submit={t("action.cancel")}
      isDangerous
      send={({ reason }, key) => cancelOrder(id, { reason }, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("cancelOrder.hint")}</p>
      <Reason />
    </StepDialog>
  );
}
