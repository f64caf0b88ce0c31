import { useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { editOrganization, type Organization, organizationQuery, organizationsKey } from "../api/organizations";

const FIELDS = ["name", "name_en", "level", "address", "contact_name", "contact_phone"] as const;
type Values = Record<(typeof FIELDS)[number], string>;

function valuesOf({ name, name_en, level, address, contact_name, contact_phone, version }: Organization) {
  return { name, name_en, level, address, contact_name, contact_phone, version };
}

/** The record of an organization, unless somebody else changed it meanwhile. */
export function EditOrganization({ organization, onClose }: { organization: Organization; onClose: () => void }) {
  const { t } = useT("network");
  const queries = useQueryClient();
  const labels: Values = {
    name: t("name"),
    name_en: t("nameEn"),
    level: t("level"),
    address: t("address"),
    contact_name: t("contact"),
    contact_phone: t("phone"),
  };
  return (
    <EditForm<Values>
      record={valuesOf(organization)}
      fields={FIELDS.map((name) => ({ name, label: labels[name] }))}
      save={(values, version) =>
        editOrganization(organization.id, Object.fromEntries(FIELDS.map((name) => [name, values[name]])), version)
      }
      reload={async () => valuesOf(await queries.query({ ...organizationQuery(organization.id), staleTime: 0 }))}
      onSaved={() => {
        void queries.invalidateQueries({ queryKey: organizationsKey });
        onClose();
      }}
      onCancel={onClose}
    >
      <div className="lq-pair">
        {FIELDS.map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={labels[name]}
            rules={name === "name" ? [{ required: true, whitespace: true, message: t("common:required") }] : []}
          >
            <Input maxLength={name === "level" ? 20 : 200} />
          </Form.Item>
        ))}
      </div>
    </EditForm>
  );
}
