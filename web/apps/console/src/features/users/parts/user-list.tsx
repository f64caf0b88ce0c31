import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Nothing, Tag, type Tone } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Select } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import { rolesQuery, setLock, setRoles, type User, type UserFilter, usersKey, usersQuery } from "../api/users";

const TONE: Record<User["status"], Tone> = { active: "good", locked: "bad", closed: "neutral" };

/** Users, their roles, and keeping one out. */
export function UserList() {
  const { t } = useT("users");
  const names = useNames();
  const can = useCan();
  const me = useMe();
  const [{ view, ...state }, setState] = useListState();
  const pages = usePages(usersQuery(state as UserFilter));
  const [asked, setAsked] = useState<{ user: User; wish: "roles" | "lock" } | null>(null);
  const isOurs = (user: User) => user.roles.some((role) => role.party_id === me.party_id);
  const close = () => {
    setAsked(null);
  };
  const columns: Column<User>[] = [
    { key: "name", title: t("name"), sort: "name", phone: "title", render: (row) => row.name },
    { key: "login", title: t("login"), render: (row) => row.login },
    { key: "phone", title: t("phone"), render: (row) => row.phone ?? <Nothing /> },
    {
      key: "roles",
      title: t("roles"),
      render: (row) => (
        <span className="lq-row">
          {row.roles.map((role) => (
            <Tag key={role.party_id + String(role.role_id)}>
              {names(role.name_zh, role.name_en)}
              {role.party_id !== me.party_id && ` · ${role.organization_name}`}
            </Tag>
          ))}
        </span>
      ),
    },
    {
      key: "status",
      title: t("statusLabel"),
      phone: "aside",
      render: (row) => <Tag tone={TONE[row.status]}>{t(`status.${row.status}`)}</Tag>,
    },
    ...(can("users.edit")
      ? [
          {
            key: "action",
            title: t("action"),
            render: (row: User) =>
              isOurs(row) &&
              row.id !== me.user_id && (
                <span className="lq-row">
                  <Button
                    size="small"
                    onClick={() => {
                      setAsked({ user: row, wish: "roles" });
                    }}
                  >
                    {t("setRoles")}
                  </Button>
                  {row.status !== "closed" && (
                    <Button
                      size="small"
                      onClick={() => {
                        setAsked({ user: row, wish: "lock" });
                      }}
                    >
                      {row.status === "locked" ? t("unlock") : t("lock")}
                    </Button>
                  )}
                </span>
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        state={{ sort: "name", ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          {
            name: "status",
            label: t("statusLabel"),
            options: (["active", "locked", "closed"] as const).map((value) => ({ value, label: t(`status.${value}`) })),
          },
        ]}
        blank={{ title: t("blank") }}
      />
      {asked?.wish === "roles" && <RolesDialog user={asked.user} party={me.party_id} onClose={close} />}
      {asked?.wish === "lock" && (
        <StepDialog
          changes={usersKey}
          title={asked.user.status === "locked" ? t("unlock") : t("lock")}
          submit={asked.user.status === "locked" ? t("unlock") : t("lock")}
          send={() => setLock(asked.user.id, asked.user.status !== "locked")}
          onClose={close}
        >
          <p>{t("lockHint", { name: asked.user.name })}</p>
        </StepDialog>
      )}
    </>
  );
}

function RolesDialog({ user, party, onClose }: { user: User; party: string; onClose: () => void }) {
  const { t } = useT("users");
  const names = useNames();
  const roles = useQuery(rolesQuery).data?.items ?? [];
  return (
    <StepDialog<{ roles: number[] }>
      changes={usersKey}
      title={t("rolesOf", { name: user.name })}
      submit={t("common:save")}
      initial={{ roles: user.roles.filter((role) => role.party_id === party).map((role) => role.role_id) }}
      send={({ roles: chosen }) => setRoles(user.id, chosen)}
      onClose={onClose}
    >
      <Form.Item name="roles" label={t("roles")} rules={[{ required: true, message: t("common:required") }]}>
        <Select
          mode="multiple"
          options={roles.map((role) => ({ value: role.id, label: names(role.name_zh, role.name_en) }))}
        />
      </Form.Item>
    </StepDialog>
  );
}
