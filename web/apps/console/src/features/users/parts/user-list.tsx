import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Nothing, Tag } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import { useCan } from "../../../lib/access";
import { ExportButton } from "../../../lib/export-button";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { type User, type UserFilter, usersQuery } from "../api/users";
import { UserActions } from "./user-actions";
import { UserState } from "./user-status";

/** Users, their roles, and keeping one out. */
export function UserList() {
  const { t } = useT("users");
  const names = useNames();
  const can = useCan();
  const me = useMe();
  const [{ view, is_built_in, ...state }, setState] = useListState();
  const pages = usePages(usersQuery(state as UserFilter));
  const isOurs = (user: User) => user.roles.some((role) => role.party_id === me.party_id);
  const roleName = (role: User["roles"][number]) =>
    names(role.name_zh, role.name_en) + (role.party_id === me.party_id ? "" : ` · ${role.organization_name}`);
  const columns: Column<User>[] = [
    {
      key: "name",
      title: t("name"),
      sort: "name",
      phone: "title",
      render: (row) =>
        isOurs(row) ? (
          <Link to="/users/$userId" params={{ userId: row.id }} className="lq-link">
            {row.name}
          </Link>
        ) : (
          row.name
        ),
    },
    { key: "login", title: t("login"), sort: "login", render: (row) => row.login },
    { key: "phone", title: t("phone"), render: (row) => row.phone ?? <Nothing /> },
    {
      key: "roles",
      title: t("roles"),
      render: (row) => (
        <span className="lq-row">
          {row.roles.map((role) => (
            <Tag key={role.party_id + String(role.role_id)}>{roleName(role)}</Tag>
          ))}
        </span>
      ),
    },
    { key: "status", title: t("statusLabel"), phone: "aside", render: (row) => <UserState status={row.status} /> },
    ...(can("users.edit")
      ? [
          {
            key: "action",
            title: t("action"),
            phone: "none" as const,
            render: (row: User) => isOurs(row) && row.id !== me.user_id && <UserActions user={row} isSmall />,
          },
        ]
      : []),
  ];
  return (
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
      toolbar={
        <ExportButton
          name={t("title")}
          query={usersQuery({ ...(state as UserFilter), limit: 200 })}
          columns={[
            { title: t("name"), text: (row) => row.name },
            { title: t("login"), text: (row) => row.login },
            { title: t("phone"), text: (row) => row.phone },
            { title: t("email"), text: (row) => row.email },
            { title: t("roles"), text: (row) => row.roles.map(roleName).join(" / ") },
            { title: t("statusLabel"), text: (row) => t(`status.${row.status}`) },
          ]}
        />
      }
      blank={{ title: t("blank") }}
    />
  );
}
