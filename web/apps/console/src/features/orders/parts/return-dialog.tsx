import { useT } from "@lingqu/i18n";
import { Form, Input, Switch } from "antd";

import type { Order } from "../api/order";
import { refundSale } from "../api/refund";
import { returnGoods } from "../api/return-goods";
import { allOf, Amounts, type AmountValues, chosenOf } from "./amounts";
import { StepDialog } from "../../../lib/step-dialog";
import { ordersKey } from "../api/orders";

interface Values extends AmountValues {
  reason: string;
  is_sellable?: boolean;
}

function left(order: Order) {
  return order.lines
    .filter((line) => line.received > line.returned)
    .map((line) => ({ line, max: line.received - line.returned }));
}

/** Ask the seller to take goods back. */
export function ReturnDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useT("orders");
  const choices = left(order);
  const initial = Object.fromEntries(choices.map(({ line }) => [String(line.line_no), 0]));
  return (
    <StepDialog<Values>
      changes={ordersKey}
      title={t("return.title")}
      submit={t("action.return")}
      width={640}
      initial={{ amounts: initial }}
      send={(values, key) => returnGoods(order.id, { lines: chosenOf(values), reason: values.reason }, key)}
      onClose={onClose}
    >
      <Amounts choices={choices} />
      <Reason />
    </StepDialog>
  );
}

/** Take goods of a counter sale back and give the money. */
export function RefundDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useT("orders");
  const choices = left(order);
  return (
    <StepDialog<Values>
      changes={ordersKey}
      title={t("refund.title")}
      submit={t("action.refund")}
      width={640}
      initial={{ amounts: allOf(choices), is_sellable: true }}
      send={(values, key) => {
        const { reason, is_sellable = true } = values;
        return refundSale(order.id, { lines: chosenOf(values), reason, is_sellable }, key);
      }}
      onClose={onClose}
    >
      <Amounts choices={choices} />
      <Reason />
      <Form.Item name="is_sellable" label={t("sellableAgain")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </StepDialog>
  );
}

/** Why; every step that takes something away from the other side asks for it. */
export function Reason({ isRequired = true }: { isRequired?: boolean }) {
  const { t } = useT("orders");
  return (
    <Form.Item
      name="reason"
      label={t("reason")}
      rules={[{ required: isRequired, whitespace: true, message: t("common:required") }]}
    >
      <Input.TextArea rows={2} maxLength={1000} />
    </Form.Item>
  );
}
