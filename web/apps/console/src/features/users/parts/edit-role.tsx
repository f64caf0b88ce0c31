import { useT } from "@lingqu/i18n";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Form, Input } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { useNames } from "../../../lib/names";
import { editRole, permissionsQuery, type RoleEdit, roleQuery } from "../api/roles";
import { type Role, usersKey } from "../api/users";
import { RightsField } from "./rights-field";

const valuesOf = ({ name_zh, name_en, permissions, version }: Role) => ({ name_zh, name_en, permissions, version });

/** Names and rights of an own role, unless somebody else changed them meanwhile. */
export function EditRole({ role, onClose }: { role: Role; onClose: () => void }) {
  const { t } = useT("roles");
  const names = useNames();
  const queries = useQueryClient();
  const rights = useQuery(permissionsQuery).data?.items ?? [];
  const required = [{ required: true, whitespace: true, message: t("common:required") }];
  const say = (codes: unknown) =>
    rights
      .filter((right) => (codes as string[]).includes(right.code))
      .map((right) => names(right.name_zh, right.name_en))
      .join(" · ");
  return (
    <EditForm<RoleEdit>
      record={valuesOf(role)}
      fields={[
        { name: "name_zh", label: t("nameZh") },
        { name: "name_en", label: t("nameEn") },
        { name: "permissions", label: t("rights"), show: say },
      ]}
      save={({ name_zh, name_en, permissions }, version) =>
        editRole(role.id, { name_zh, name_en, permissions }, version)
      }
      reload={async () => valuesOf(await queries.query({ ...roleQuery(role.id), staleTime: 0 }))}
      onSaved={() => {
        void queries.invalidateQueries({ queryKey: usersKey });
        onClose();
      }}
      onCancel={onClose}
    >
      <div className="lq-pair">
        <Form.Item name="name_zh" label={t("nameZh")} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="name_en" label={t("nameEn")} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <Form.Item name="permissions" label={t("rights")}>
        <RightsField />
      </Form.Item>
    </EditForm>
  );
}
