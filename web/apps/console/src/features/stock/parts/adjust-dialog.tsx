import { useT } from "@lingqu/i18n";
import { Form, Input, InputNumber, Select } from "antd";

import { StepDialog } from "../../../lib/step-dialog";
import { adjustStock, blockStock, unblockStock } from "../api/adjust";
import { type NodeStock, stockKey, type StockLot } from "../api/stock";

interface Values {
  lot_code?: string;
  quantity: number;
  reason: string;
}

export type Wish = "adjust" | "block" | "unblock";

/** Correct, keep back or let go: how much of which lot, and why. */
export function AdjustDialog({ stock, wish, onClose }: { stock: NodeStock; wish: Wish; onClose: () => void }) {
  const { t } = useT("stock");
  const lots = (stock.lots ?? []).filter((lot) => lot.state === (wish === "unblock" ? "blocked" : "sellable"));
  const send = (values: Values, key: string) => {
    const { node_id, sku_id } = stock;
    const { quantity, reason } = values;
    const lot_code = values.lot_code?.trim() ? values.lot_code.trim() : null;
    if (wish === "adjust") return adjustStock({ node_id, reason, lines: [{ sku_id, lot_code, quantity }] }, key);
    const body = { node_id, sku_id, lot_code, quantity, reason };
    return wish === "block" ? blockStock(body, key) : unblockStock(body, key);
  };
  return (
    <StepDialog<Values>
      changes={stockKey}
      title={t(`wish.${wish}.title`)}
      submit={t(`wish.${wish}.submit`)}
      initial={lots[0]?.lot_code ? { lot_code: lots[0].lot_code } : {}}
      send={send}
      onClose={onClose}
    >
      <p className="lq-soft">{t(`wish.${wish}.hint`)}</p>
      {stock.is_lot_tracked && <LotField lots={lots} />}
      <Form.Item
        name="quantity"
        label={t("howMuch", { unit: stock.base_unit })}
        rules={[{ required: true, message: t("common:required") }]}
      >
        <InputNumber precision={0} {...(wish === "adjust" ? {} : { min: 1 })} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("reason")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </StepDialog>
  );
}

function LotField({ lots }: { lots: StockLot[] }) {
  const { t } = useT("stock");
  return (
    <Form.Item name="lot_code" label={t("lot")} rules={[{ required: true, message: t("common:required") }]}>
      <Select options={lots.flatMap((lot) => (lot.lot_code ? [{ value: lot.lot_code, label: lot.lot_code }] : []))} />
    </Form.Item>
  );
}
