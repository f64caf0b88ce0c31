import { useT } from "@lingqu/i18n";
import { Form, Switch } from "antd";

import { decideOrder } from "../api/decide-order";
import { decideReturn } from "../api/decide-return";
import { Reason } from "./return-dialog";
import { StepDialog } from "../../../lib/step-dialog";
import { ordersKey } from "../api/orders";

interface Values {
  reason?: string;
  is_sellable?: boolean;
}

interface Props {
  id: string;
  isAccepted: boolean;
  onClose: () => void;
}

/** Agree to an order above the limit, or turn it down with a reason. */
export function ApprovalDialog({ id, isAccepted, onClose }: Props) {
  const { t } = useT("orders");
  return (
    <StepDialog<Values>
      changes={ordersKey}
      title={isAccepted ? t("approval.yes") : t("approval.no")}
      submit={isAccepted ? t("action.approve") : t("action.reject")}
      isDangerous={!isAccepted}
      send={({ reason = "" }, key) => decideOrder(id, { is_accepted: isAccepted, reason }, key)}
      onClose={onClose}
    >
      <Reason isRequired={!isAccepted} />
    </StepDialog>
  );
}

/** Take returned goods in and refund them, or turn the return down with a reason. */
export function ReturnDecisionDialog({ id, isAccepted, onClose }: Props) {
  const { t } = useT("orders");
  return (
    <StepDialog<Values>
      changes={ordersKey}
      title={isAccepted ? t("returnDecision.yes") : t("returnDecision.no")}
      submit={isAccepted ? t("returnDecision.accept") : t("action.reject")}
      isDangerous={!isAccepted}
      initial={{ is_sellable: true }}
      send={({ reason = "", is_sellable = false }, key) =>
        decideReturn(id, { is_accepted: isAccepted, reason, is_sellable }, key)
      }
      onClose={onClose}
    >
      <Reason isRequired={!isAccepted} />
      {isAccepted && (
        <Form.Item name="is_sellable" label={t("sellableAgain")} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </StepDialog>
  );
}
