import { useT } from "@lingqu/i18n";
import { Section } from "@lingqu/ui";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Form, InputNumber, Select } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { type NewReturnRule, returnsKey, ruleQuery, setRule } from "../api/returns";

const FIRST = ["newest", "oldest"] as const;

/** On which purchases a seller books returned goods, and for how long it takes them back. */
export function Rule() {
  const { t } = useT("returns");
  const queries = useQueryClient();
  const { data: rule } = useSuspenseQuery(ruleQuery);
  const record = (one: typeof rule) => ({
    first: one.first ?? "newest",
    window_days: one.window_days ?? null,
    version: one.version ?? 0,
  });
  return (
    <Section title={t("rule.title")}>
      <EditForm<Required<NewReturnRule>>
        record={record(rule)}
        fields={[
          { name: "first", label: t("rule.first"), show: String },
          { name: "window_days", label: t("rule.window"), show: String },
        ]}
        save={({ first, window_days }, version) => setRule({ first, window_days }, version)}
        reload={async () => record(await queries.query({ ...ruleQuery, staleTime: 0 }))}
        onSaved={() => {
          void queries.invalidateQueries({ queryKey: returnsKey });
        }}
      >
        <Form.Item name="first" label={t("rule.first")}>
          <Select options={FIRST.map((value) => ({ value, label: t(`rule.order.${value}`) }))} />
        </Form.Item>
        <Form.Item name="window_days" label={t("rule.window")} extra={t("rule.windowHint")}>
          <InputNumber min={1} max={3650} precision={0} style={{ width: "100%" }} />
        </Form.Item>
      </EditForm>
    </Section>
  );
}
