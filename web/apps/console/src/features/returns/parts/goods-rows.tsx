import { useT } from "@lingqu/i18n";
import { Button, Input, InputNumber } from "antd";

import { SKUPicker } from "../../../lib/sku-picker";

export interface GoodsRow {
  key: string;
  sku_id?: number;
  quantity: number | null;
  reason: string;
}

interface Props {
  rows: GoodsRow[];
  onChange: (rows: GoodsRow[]) => void;
}

/** What shall go back: goods, how many base units, and why; without naming orders. */
export function GoodsRows({ rows, onChange }: Props) {
  const { t } = useT("returns");
  const change = (at: number, part: Partial<GoodsRow>) => {
    onChange(rows.map((row, i) => (i === at ? { ...row, ...part } : row)));
  };
  return (
    <ul className="lq-back-goods">
      {rows.map((row, i) => (
        <li key={row.key}>
          <SKUPicker
            label={t("goods", { row: i + 1 })}
            {...(row.sku_id === undefined ? {} : { value: row.sku_id })}
            onChange={(chosen) => {
              change(i, chosen === undefined ? {} : { sku_id: chosen });
            }}
          />
          <InputNumber
            aria-label={t("quantity", { row: i + 1 })}
            placeholder={t("units")}
            min={1}
            precision={0}
            value={row.quantity}
            onChange={(quantity) => {
              change(i, { quantity });
            }}
          />
          <Input
            aria-label={t("rowReason", { row: i + 1 })}
            placeholder={t("why")}
            maxLength={200}
            value={row.reason}
            onChange={(event) => {
              change(i, { reason: event.target.value });
            }}
          />
          <Button
            aria-label={t("removeRow", { row: i + 1 })}
            disabled={rows.length === 1}
            onClick={() => {
              onChange(rows.filter((_, place) => place !== i));
            }}
          >
            {t("remove")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
