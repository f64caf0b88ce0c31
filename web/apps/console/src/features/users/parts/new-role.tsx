import "./users.css";

import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";

import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import { addRole, type RoleBody } from "../api/roles";
import { type Role, rolesQuery, usersKey } from "../api/users";
import { RightsField } from "./rights-field";

/** Make a role, from nothing or from what another one allows. */
export function NewRole({ from, onClose }: { from?: Role; onClose: () => void }) {
  const { t } = useT("roles");
  const names = useNames();
  const me = useMe();
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const own = (role: Role | undefined) => role?.permissions.filter((right) => me.permissions.includes(right)) ?? [];
  const required = [{ required: true, whitespace: true, message: t("common:required") }];
  return (
    <StepDialog<RoleBody & { from?: number }>
      changes={usersKey}
      title={t("new.title")}
      submit={t("new.submit")}
      width={900}
      initial={{ permissions: own(from) }}
      send={({ code, name_zh, name_en, permissions }, key) => addRole({ code, name_zh, name_en, permissions }, key)}
      onClose={onClose}
    >
      <div className="lq-pair">
        <Form.Item name="name_zh" label={t("nameZh")} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="name_en" label={t("nameEn")} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="code"
          label={t("code")}
          extra={t("codeHint")}
          rules={[...required, { pattern: /^[a-z][a-z0-9-]{1,29}$/, message: t("codeHint") }]}
        >
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item noStyle shouldUpdate>
          {(form) => (
            <Form.Item label={t("new.from")}>
              <Select
                allowClear
                defaultValue={from?.id ?? null}
                options={roles.map((role) => ({ value: role.id, label: names(role.name_zh, role.name_en) }))}
                onChange={(id: number | null | undefined) => {
                  form.setFieldValue("permissions", own(roles.find((role) => role.id === id)));
                }}
              />
            </Form.Item>
          )}
        </Form.Item>
      </div>
      <Form.Item name="permissions" label={t("rights")}>
        <RightsField />
      </Form.Item>
    </StepDialog>
  );
}
