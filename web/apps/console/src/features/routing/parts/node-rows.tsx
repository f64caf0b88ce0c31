import "./routing.css";

import { useT } from "@lingqu/i18n";
import { Form, Input, InputNumber, Select } from "antd";

import type { Setting } from "../api/setting";
import { AmountField } from "./amount-field";
import { RegionSelect } from "./region-select";
import { clockOf, minuteOf } from "./values";

/** A part for each warehouse: how gladly it is used, how fast and dear it is, and whom it may serve at all. */
export function NodeRows({ nodes, setting }: { nodes: { id: number; name: string }[]; setting: Setting }) {
  const { t } = useT("routing");
  return (
    <Form.List name="nodes">
      {(fields) =>
        fields.slice(0, nodes.length).map((field, i) => (
          <div key={field.key} className="lq-slip lq-node">
            <strong>{nodes[i]?.name}</strong>
            <div className="lq-pair">
              <Form.Item name={[field.name, "preference"]} label={t("preference")}>
                <InputNumber min={1} max={1000} precision={0} />
              </Form.Item>
              <Form.Item name={[field.name, "lead_time_days"]} label={t("leadTime")}>
                <InputNumber min={0} max={365} precision={0} />
              </Form.Item>
              <Form.Item
                name={[field.name, "cut_off_minute"]}
                label={t("cutOff")}
                extra={t("cutOffHint")}
                getValueProps={(minute: number | null | undefined) => ({ value: clockOf(minute) })}
                normalize={minuteOf}
              >
                <Input type="time" />
              </Form.Item>
              <Form.Item name={[field.name, "lines_per_day"]} label={t("linesPerDay")}>
                <InputNumber min={1} max={1000000} precision={0} />
              </Form.Item>
              <AmountField
                name={[field.name, "base_minor"]}
                label={t("baseCost")}
                currency={setting.currency}
                max={10_000_000}
              />
              <AmountField
                name={[field.name, "per_km_minor"]}
                label={t("perKm")}
                currency={setting.currency}
                max={10_000_000}
              />
            </div>
            <div className="lq-pair">
              <Form.Item name={[field.name, "region_ids"]} label={t("regions")} extra={t("regionsHint")}>
                <RegionSelect known={setting.regions ?? []} />
              </Form.Item>
              <Form.Item name={[field.name, "levels"]} label={t("levels")} extra={t("levelsHint")}>
                <Select
                  mode="multiple"
                  options={(setting.buyer_levels ?? []).map((level) => ({ value: level, label: level }))}
                />
              </Form.Item>
            </div>
          </div>
        ))
      }
    </Form.List>
  );
}
