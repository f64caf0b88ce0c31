import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";

import { useNames } from "../../../lib/names";
import { subjectsQuery } from "../api/webhooks";

/** Where to, and what of. */
export function WebhookFields() {
  const { t } = useT("webhooks");
  const names = useNames();
  const subjects = useQuery(subjectsQuery).data?.items ?? [];
  const required = [{ required: true, message: t("common:required") }];
  return (
    <>
      <Form.Item name="url" label={t("url")} rules={required} extra={t("urlHint")}>
        <Input maxLength={2000} placeholder="https://erp.example.com/lingqu" inputMode="url" />
      </Form.Item>
      <Form.Item name="subjects" label={t("subjects")} rules={required}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={subjects.map((one) => ({ value: one.subject, label: names(one.name_zh, one.name_en) }))}
        />
      </Form.Item>
      <Form.Item name="description" label={t("description")}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}

/** Name a kind of event for people; one they may not see keeps its technical name. */
export function useSubjectName(): (subject: string) => string {
  const { t } = useT("webhooks");
  const names = useNames();
  const subjects = useQuery(subjectsQuery).data?.items ?? [];
  return (subject) => {
    if (subject === "partners.ping.v1") return t("trial");
    const found = subjects.find((one) => one.subject === subject);
    return found ? names(found.name_zh, found.name_en) : subject;
  };
}
