import { useT } from "@lingqu/i18n";
import { Section } from "@lingqu/ui";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, InputNumber, Switch } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { reminderRuleQuery, setReminderRule } from "../api/reminders";

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

interface Values {
  is_active: boolean;
  after_hours: number;
  weekdays: number[];
  opens_at: string;
  closes_at: string;
}

/** When people are reminded of what waits for their decision: the rest of the day is quiet. */
export function Reminders() {
  const { t } = useT("approvals");
  const queries = useQueryClient();
  const { data } = useSuspenseQuery(reminderRuleQuery);
  // The server tells a time of day to the second.
  const record = (rule: typeof data) => ({
    is_active: rule.is_active ?? true,
    after_hours: rule.after_hours ?? 4,
    weekdays: rule.weekdays ?? [],
    opens_at: (rule.opens_at ?? "").slice(0, 5),
    closes_at: (rule.closes_at ?? "").slice(0, 5),
    version: rule.version ?? 0,
  });
  // Not `required`: a group of boxes may not say so to a screen reader.
  const someDay = {
    validator: (_: unknown, days?: number[]) =>
      days?.length ? Promise.resolve() : Promise.reject(new Error(t("common:required"))),
  };
  const required = [{ required: true, message: t("common:required") }];
  return (
    <Section title={t("remind.title")}>
      <p className="lq-soft">{t("remind.hint")}</p>
      <EditForm<Values>
        record={record(data)}
        fields={[
          { name: "is_active", label: t("remind.active"), show: String },
          { name: "after_hours", label: t("remind.after") },
          { name: "weekdays", label: t("remind.days"), show: String },
          { name: "opens_at", label: t("remind.opens") },
          { name: "closes_at", label: t("remind.closes") },
        ]}
        save={({ opens_at, closes_at, ...rest }, version) =>
          setReminderRule({ ...rest, opens_at: `${opens_at}:00`, closes_at: `${closes_at}:00` }, version)
        }
        reload={async () => record(await queries.query({ ...reminderRuleQuery, staleTime: 0 }))}
        onSaved={() => undefined}
      >
        <Form.Item name="is_active" label={t("remind.active")} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="after_hours" label={t("remind.after")} rules={required}>
          <InputNumber min={1} max={80} precision={0} />
        </Form.Item>
        <Form.Item name="weekdays" label={t("remind.days")} rules={[someDay]}>
          <Checkbox.Group options={DAYS.map((value) => ({ value, label: t(`remind.day.${value}`) }))} />
        </Form.Item>
        <div className="lq-pair">
          <Form.Item name="opens_at" label={t("remind.opens")} rules={required}>
            <Input type="time" />
          </Form.Item>
          <Form.Item name="closes_at" label={t("remind.closes")} rules={required}>
            <Input type="time" />
          </Form.Item>
        </div>
      </EditForm>
    </Section>
  );
}
