import { useT } from "@lingqu/i18n";
import { decimals, Money, parseMoney } from "@lingqu/ui";
import { Button, DatePicker, Form, Input, InputNumber } from "antd";
import dayjs, { type Dayjs } from "dayjs";

import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import { changeOrder, type OrderChange } from "../api/change";
import type { Order, OrderLine } from "../api/order";
import { ordersKey } from "../api/orders";
import { GoodsPicker } from "./goods-picker";
import { Reason } from "./return-dialog";

interface Values {
  lines: { line_no: number; packs: number | null; price?: string }[];
  added?: { goods?: string; packs?: number | null }[];
  requested_on?: Dayjs | null;
  contact: string;
  phone: string;
  address: string;
  note: string;
  po_number?: string;
  reason?: string;
}

/** Change a placed order; what needs the other side's agreement becomes a proposal. */
export function ChangeDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useT("orders");
  const names = useNames();
  const isSeller = order.side === "seller";
  const lines = order.lines.filter((line) => order.side === "buyer" || live(line) > 0);
  return (
    <StepDialog<Values>
      changes={ordersKey}
      title={t("change.title")}
      submit={t("action.change")}
      width={720}
      initial={valuesOf(order, lines)}
      send={(values, key) => changeOrder(order.id, order.version, wishOf(order, lines, values), key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t(hintOf(order))}</p>
      <ul className="lq-amounts">
        {lines.map((line, index) => (
          <li key={line.line_no}>
            <div>
              <div>{names(line.name_zh, line.name_en)}</div>
              <div className="lq-soft lq-small">
                {line.sku_code} · <Money minor={line.price_minor} currency={order.currency} />
              </div>
            </div>
            <span className="lq-row">
              {isSeller && !isMoving(line) && (
                <Form.Item name={["lines", index, "price"]} noStyle>
                  <Input inputMode="decimal" aria-label={t("change.price")} style={{ width: 110 }} />
                </Form.Item>
              )}
              <Form.Item name={["lines", index, "packs"]}>
                <InputNumber
                  aria-label={t("change.packs")}
                  min={0}
                  max={isMoving(line) ? Math.floor(live(line) / line.units_per_pack) : 1_000_000}
                  precision={0}
                  suffix={names(line.pack_name_zh, line.pack_name_en)}
                  style={{ width: 140 }}
                />
              </Form.Item>
            </span>
          </li>
        ))}
      </ul>
      <Form.List name="added">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <div key={field.key} className="lq-row">
                <Form.Item name={[field.name, "goods"]} style={{ flex: 1 }}>
                  <GoodsPicker order={order} />
                </Form.Item>
                <Form.Item name={[field.name, "packs"]}>
                  <InputNumber aria-label={t("change.packs")} min={1} precision={0} style={{ width: 110 }} />
                </Form.Item>
                <Button
                  onClick={() => {
                    remove(field.name);
                  }}
                >
                  {t("change.remove")}
                </Button>
              </div>
            ))}
            <Form.Item>
              <Button
                onClick={() => {
                  add({ packs: 1 });
                }}
              >
                {t("change.add")}
              </Button>
            </Form.Item>
          </>
        )}
      </Form.List>
      <div className="lq-pair">
        <Form.Item name="requested_on" label={t("requestedOn")}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="contact" label={t("change.contact")}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <div className="lq-pair">
        <Form.Item name="phone" label={t("change.phone")}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="address" label={t("shipTo")}>
          <Input maxLength={300} />
        </Form.Item>
      </div>
      <div className="lq-pair">
        <Form.Item name="note" label={t("change.note")}>
          <Input maxLength={1000} />
        </Form.Item>
        {!isSeller && (
          <Form.Item name="po_number" label={t("poNumber")}>
            <Input maxLength={100} />
          </Form.Item>
        )}
      </div>
      <Reason isRequired={false} />
    </StepDialog>
  );
}

function hintOf(order: Order) {
  if (order.side === "seller") return "change.hintSeller" as const;
  return order.status === "placed" ? ("change.hintFree" as const) : ("change.hintAgree" as const);
}

/** What of a line still comes or came, in base units. */
function live(line: OrderLine) {
  return line.quantity - line.cancelled;
}

function isMoving(line: OrderLine) {
  return line.shipped > 0 || line.cancelled > 0;
}

function priceOf(order: Order, line: OrderLine) {
  const places = decimals(order.currency);
  return (line.price_minor / 10 ** places).toFixed(places);
}

function valuesOf(order: Order, lines: OrderLine[]): Values {
  const { contact = "", phone = "", text = "" } = order.ship_to;
  return {
    lines: lines.map((line) => ({
      line_no: line.line_no,
      packs: Math.floor(live(line) / line.units_per_pack),
      price: priceOf(order, line),
    })),
    requested_on: order.requested_on ? dayjs(order.requested_on) : null,
    contact,
    phone,
    address: text,
    note: order.buyer_side?.note ?? order.seller_side?.note ?? "",
    po_number: order.buyer_side?.po_number ?? "",
  };
}

/** Only what differs from what the form began with is asked for. */
function wishOf(order: Order, lines: OrderLine[], values: Values): OrderChange {
  const before = valuesOf(order, lines);
  const day = values.requested_on?.format("YYYY-MM-DD") ?? null;
  const address = { contact: values.contact, phone: values.phone, text: values.address };
  const wasAddress = { contact: before.contact, phone: before.phone, text: before.address };
  return {
    // Every line of the form is named, so that an error of line 2 stands on its second field.
    lines: lines.map((line, index) => {
      const typed = values.lines[index];
      const price = typed?.price === undefined || typed.price === priceOf(order, line) ? null : typed.price;
      return {
        line_no: line.line_no,
        packs: typed?.packs ?? 0,
        price_minor: price === null ? null : parseMoney(price, order.currency),
      };
    }),
    added: (values.added ?? []).flatMap(({ goods, packs }) => {
      const [sku, pack] = (goods ?? "").split(":").map(Number);
      return sku && pack && packs ? [{ sku_id: sku, pack_id: pack, packs }] : [];
    }),
    ...(day === order.requested_on ? {} : { requested_on: day }),
    ...(JSON.stringify(address) === JSON.stringify(wasAddress) ? {} : { ship_to: address }),
    ...(values.note === before.note ? {} : { note: values.note }),
    ...(order.side === "seller" || values.po_number === before.po_number ? {} : { po_number: values.po_number ?? "" }),
    reason: values.reason ?? "",
  };
}
