import { useT } from "@lingqu/i18n";
import { Form, Input } from "antd";

import type { Order } from "../api/order";
import { shipOrder } from "../api/ship";
import { allOf, Amounts, type AmountValues, chosenOf } from "./amounts";
import { StepDialog } from "../../../lib/step-dialog";
import { ordersKey } from "../api/orders";

interface Values extends AmountValues {
  carrier?: string;
  tracking?: string;
}

/** Ship what is reserved here, all or some. */
export function ShipDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useT("orders");
  const choices = order.lines
    .filter((line) => line.reserved > 0 && !line.supplier_id)
    .map((line) => ({ line, max: line.reserved }));
  return (
    <StepDialog<Values>
      changes={ordersKey}
      title={t("ship.title")}
      submit={t("action.ship")}
      width={640}
      initial={{ amounts: allOf(choices) }}
      send={(values, key) => {
        const { carrier = "", tracking = "" } = values;
        return shipOrder(order.id, { lines: chosenOf(values), carrier, tracking }, key);
      }}
      onClose={onClose}
    >
      <Amounts choices={choices} />
      <div className="lq-pair">
        <Form.Item name="carrier" label={t("ship.carrier")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="tracking" label={t("ship.tracking")}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
    </StepDialog>
  );
}
