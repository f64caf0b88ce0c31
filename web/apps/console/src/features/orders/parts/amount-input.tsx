import { useT } from "@lingqu/i18n";
import { Quantity } from "@lingqu/ui";
import { InputNumber } from "antd";

import { useNames } from "../../../lib/names";
import type { OrderLine } from "../api/order";

interface Props {
  line: OrderLine;
  max: number;
  label: string;
  /** In base units; given by the form. */
  value?: number | null;
  onChange?: (value: number | null) => void;
}

/** How much of a line: typed in packs where only whole packs are left, else in base units. */
export function AmountInput({ line, max, label, value, onChange }: Props) {
  const { t } = useT("orders");
  const names = useNames();
  const units = max % line.units_per_pack === 0 ? line.units_per_pack : 1;
  const unit = units > 1 ? names(line.pack_name_zh, line.pack_name_en) : line.base_unit;
  return (
    <span className="lq-row">
      <InputNumber
        aria-label={label}
        min={0}
        max={max / units}
        precision={0}
        value={value === null || value === undefined ? null : value / units}
        onChange={(typed) => onChange?.(typed === null ? null : typed * units)}
        suffix={unit}
        style={{ width: 140 }}
      />
      <span className="lq-soft lq-small">
        {t("upTo")} <Quantity base={max} unit={line.base_unit} pack={packOf(line, names)} />
      </span>
    </span>
  );
}

/** The pack of a line, as quantities are shown in it. */
export function packOf(line: OrderLine, names: ReturnType<typeof useNames>) {
  return { units: line.units_per_pack, name: names(line.pack_name_zh, line.pack_name_en) };
}
