import { useT } from "@lingqu/i18n";
import { Form, Input } from "antd";

import { useNames } from "../../../lib/names";
import type { Order, OrderLine, Shipment } from "../api/order";
import { receiveShipment } from "../api/receive";
import { AmountInput } from "./amount-input";
import { StepDialog } from "../../../lib/step-dialog";
import { ordersKey } from "../api/orders";

interface Values {
  received: Record<string, number | null>;
  reasons?: Record<string, string>;
}

/** Take a shipment in: everything as sent, or less of some position with the reason. */
export function ReceiveDialog({ order, shipment, onClose }: { order: Order; shipment: Shipment; onClose: () => void }) {
  const { t } = useT("orders");
  const lineOf = new Map(order.lines.map((line) => [line.line_no, line]));
  return (
    <StepDialog<Values>
      changes={ordersKey}
      title={t("receive.title", { number: shipment.number })}
      submit={t("action.receive")}
      width={640}
      initial={{ received: Object.fromEntries(shipment.lines.map((line) => [String(line.position), line.quantity])) }}
      send={(values, key) => receiveShipment(shipment.id, { lines: shortOf(shipment, values) }, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("receive.hint")}</p>
      <ul className="lq-amounts">
        {shipment.lines.map((item) => {
          const line = lineOf.get(item.line_no);
          return line && <Position key={item.position} line={line} item={item} />;
        })}
      </ul>
    </StepDialog>
  );
}

function Position({ line, item }: { line: OrderLine; item: Shipment["lines"][number] }) {
  const { t } = useT("orders");
  const names = useNames();
  const name = names(line.name_zh, line.name_en);
  const position = String(item.position);
  const received = Form.useWatch<number | null | undefined>(["received", position]);
  return (
    <li>
      <div>
        <div>{name}</div>
        <div className="lq-soft lq-small">{item.lot_code ? t("lot", { code: item.lot_code }) : line.sku_code}</div>
      </div>
      <div className="lq-amount-side">
        <Form.Item name={["received", position]} noStyle>
          <AmountInput line={line} max={item.quantity} label={name} />
        </Form.Item>
        {received !== undefined && (received ?? 0) < item.quantity && (
          <Form.Item
            name={["reasons", position]}
            rules={[{ required: true, whitespace: true, message: t("receive.why") }]}
            style={{ margin: "8px 0 0" }}
          >
            <Input aria-label={t("receive.why")} placeholder={t("receive.why")} maxLength={100} />
          </Form.Item>
        )}
      </div>
    </li>
  );
}

/** Only positions that fell short are named; the rest arrived whole. */
function shortOf(shipment: Shipment, values: Values) {
  return shipment.lines.flatMap((line) => {
    const received = values.received[String(line.position)] ?? 0;
    if (received >= line.quantity) return [];
    return [{ position: line.position, received, reason: values.reasons?.[String(line.position)] ?? "" }];
  });
}
