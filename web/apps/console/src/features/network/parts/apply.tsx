import { useT } from "@lingqu/i18n";
import { Form, Input, Select } from "antd";

import { useMe } from "../../../lib/me";
import { StepDialog } from "../../../lib/step-dialog";
import { type Application, applyForOrganization, organizationsKey } from "../api/organizations";

const KINDS: Record<string, Application["kind"][]> = {
  platform: ["supplier", "distributor"],
  brand: ["supplier", "distributor"],
  distributor: ["dealer"],
};

interface Values {
  kind: Application["kind"];
  code: string;
  name: string;
  name_en?: string;
  level?: string;
  address?: string;
  contact_name?: string;
  contact_phone?: string;
  reason?: string;
}

/** Ask for a new organization below us; those above decide. */
export function Apply({ onClose }: { onClose: () => void }) {
  const { t } = useT("network");
  const me = useMe();
  const kinds = KINDS[me.kind] ?? [];
  const required = [{ required: true, whitespace: true, message: t("common:required") }];
  return (
    <StepDialog<Values>
      changes={organizationsKey}
      title={t("apply.title")}
      submit={t("apply.submit")}
      width={640}
      initial={kinds[0] ? { kind: kinds[0] } : {}}
      send={(values, key) => applyForOrganization({ ...values, parent_id: me.organization_id }, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("apply.hint")}</p>
      <div className="lq-pair">
        <Form.Item name="kind" label={t("kindLabel")}>
          <Select options={kinds.map((value) => ({ value, label: t(`shell:kind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="code" label={t("code")} rules={required}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="name" label={t("name")} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="name_en" label={t("nameEn")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="contact_name" label={t("contact")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="contact_phone" label={t("phone")}>
          <Input type="tel" maxLength={40} />
        </Form.Item>
        <Form.Item name="level" label={t("level")}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="address" label={t("address")}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={t("apply.reason")}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </StepDialog>
  );
}
