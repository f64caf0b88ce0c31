import { useT } from "@lingqu/i18n";

import { StepDialog } from "../../../lib/step-dialog";
import { closeOrder } from "../api/close";
import type { Order, OrderLine } from "../api/order";
import { ordersKey } from "../api/orders";
import { allOf, Amounts, type AmountValues, chosenOf } from "./amounts";
import { Reason } from "./return-dialog";

interface Values extends AmountValues {
  reason: string;
}

/** Give up what is still open of some lines; the rest of the order lives on. */
export function CloseDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useT("orders");
  const choices = order.lines.map((line) => ({ line, max: closable(order, line) })).filter(({ max }) => max > 0);
  return (
    <StepDialog<Values>
      changes={ordersKey}
      title={t("close.title")}
      submit={t("action.close")}
      width={640}
      isDangerous
      initial={{ amounts: allOf(choices) }}
      send={(values, key) => closeOrder(order.id, { lines: chosenOf(values), reason: values.reason }, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("close.hint")}</p>
      <Amounts choices={choices} />
      <Reason />
    </StepDialog>
  );
}

/** The buyer alone closes, once confirmed, what is owed and the rest of a line that has begun to come. */
function closable(order: Order, line: OrderLine): number {
  const isFree = order.side === "seller" || order.status === "placed" || line.shipped > 0;
  return line.back_ordered + (isFree ? line.reserved : 0);
}
