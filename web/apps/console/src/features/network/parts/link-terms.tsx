import { useT } from "@lingqu/i18n";
import { parseMoney } from "@lingqu/ui";
import { Form, Input, InputNumber, Select } from "antd";

import { DayInput } from "../../../lib/day-input";
import { POLICIES } from "../api/links";

/** Fields of how two trade, the same for a new link and a change of one. */
export function TermFields({ currency, from }: { currency: string; from: string | undefined }) {
  const { t } = useT("links");
  const required = [{ required: true, message: t("common:required") }];
  return (
    <div className="lq-pair">
      <Form.Item name="valid_until" label={t("validUntil")} extra={t("untilHint")}>
        <DayInput min={from} />
      </Form.Item>
      <Form.Item name="shortage_policy" label={t("shortage")}>
        <Select options={POLICIES.map((value) => ({ value, label: t(`policy.${value}`) }))} />
      </Form.Item>
      <Form.Item name="title_passes" label={t("titlePasses")}>
        <Select options={(["shipment", "receipt"] as const).map((value) => ({ value, label: t(`passes.${value}`) }))} />
      </Form.Item>
      <Form.Item name="payment_days" label={t("paymentDays")} rules={required}>
        <InputNumber min={0} max={3650} precision={0} suffix={t("unit.days")} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="approval_hours" label={t("approvalHours")} extra={t("approvalHoursHint")} rules={required}>
        <InputNumber min={1} max={8760} precision={0} suffix={t("unit.hours")} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item
        name="approval_above"
        label={t("approvalAbove")}
        extra={t("approvalAboveHint")}
        rules={[
          {
            validator: (_, typed: string | undefined) =>
              !typed?.trim() || (parseMoney(typed, currency) ?? -1) >= 0
                ? Promise.resolve()
                : Promise.reject(new Error(t("notMoney"))),
          },
        ]}
      >
        <Input inputMode="decimal" prefix={currency} />
      </Form.Item>
    </div>
  );
}
