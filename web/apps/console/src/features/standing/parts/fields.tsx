import { useT } from "@lingqu/i18n";
import { Checkbox, DatePicker, Form, Input, InputNumber, Segmented, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";

import { useWeekdays } from "./rhythm-text";
import { written } from "./values";

const MONTH_DAYS = Array.from({ length: 31 }, (_, index) => index + 1);

const dayProps = {
  getValueProps: (value: unknown) => ({ value: typeof value === "string" ? dayjs(value) : null }),
  normalize: (value: Dayjs | null) => (value ? written(value) : null),
};

/** When and how: the fields of a standing order. */
export function Fields() {
  const { t } = useT("standing");
  const weekdays = useWeekdays();
  const needed = { required: true, message: t("common:required") };
  // Not `required`: a group of boxes may not say so to a screen reader.
  const someDay = {
    validator: (_: unknown, days?: number[]) =>
      days?.length ? Promise.resolve() : Promise.reject(new Error(t("common:required"))),
  };
  return (
    <>
      <Form.Item name="name" label={t("name")} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="rhythm" label={t("rhythm")}>
        <Segmented options={(["weekly", "monthly"] as const).map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["rhythm"]}>
        {({ getFieldValue }) =>
          getFieldValue("rhythm") === "weekly" ? (
            <>
              <Form.Item name="weekdays" label={t("weekdays")} rules={[someDay]}>
                <Checkbox.Group options={weekdays.map((label, index) => ({ value: index + 1, label }))} />
              </Form.Item>
              <Form.Item name="every_weeks" label={t("everyWeeks")} rules={[needed]}>
                <InputNumber min={1} max={52} precision={0} />
              </Form.Item>
            </>
          ) : (
            <Form.Item name="month_days" label={t("monthDays")} rules={[needed]} extra={t("monthDaysHint")}>
              <Select mode="multiple" options={MONTH_DAYS.map((value) => ({ value, label: String(value) }))} />
            </Form.Item>
          )
        }
      </Form.Item>
      <div className="lq-pair">
        <Form.Item name="starts_on" label={t("startsOn")} rules={[needed]} {...dayProps}>
          <DatePicker style={{ width: "100%" }} inputReadOnly allowClear={false} />
        </Form.Item>
        <Form.Item name="ends_on" label={t("endsOn")} {...dayProps}>
          <DatePicker style={{ width: "100%" }} inputReadOnly />
        </Form.Item>
      </div>
      <Form.Item name="lead_days" label={t("leadDays")} rules={[needed]} extra={t("leadDaysHint")}>
        <InputNumber min={0} max={60} precision={0} />
      </Form.Item>
      <Form.Item name="po_number" label={t("poNumber")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="note" label={t("note")}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </>
  );
}
