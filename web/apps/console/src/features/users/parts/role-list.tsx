import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Tag } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";

import { useListState } from "../../../lib/list-state";
import { useNames } from "../../../lib/names";
import { type RoleFilter, roleListQuery } from "../api/roles";
import type { Role } from "../api/users";

/** Roles that the own organization can give: the built-in ones and its own. */
export function RoleList() {
  const { t } = useT("roles");
  const names = useNames();
  const navigate = useNavigate();
  const [{ view, status, ...state }, setState] = useListState();
  const pages = usePages(roleListQuery(state as RoleFilter));
  const columns: Column<Role>[] = [
    {
      key: "name",
      title: t("name"),
      phone: "title",
      render: (row) => (
        <Link to="/roles/$roleId" params={{ roleId: row.id }} className="lq-link">
          {names(row.name_zh, row.name_en)}
        </Link>
      ),
    },
    { key: "code", title: t("code"), sort: "code", render: (row) => row.code },
    {
      key: "origin",
      title: t("origin.label"),
      phone: "aside",
      render: (row) => (
        <Tag tone={row.is_built_in ? "neutral" : "info"}>{t(row.is_built_in ? "origin.true" : "origin.false")}</Tag>
      ),
    },
    { key: "rights", title: t("rightCount"), isNumber: true, render: (row) => row.permissions.length },
    { key: "holders", title: t("holderCount"), sort: "holders", isNumber: true, render: (row) => row.holder_count },
  ];
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rowKey={(row) => row.id}
      pages={pages}
      onOpen={(row) => void navigate({ to: "/roles/$roleId", params: { roleId: row.id } })}
      state={state}
      onState={setState}
      search={t("search")}
      filters={[
        {
          name: "is_built_in",
          label: t("origin.label"),
          options: (["true", "false"] as const).map((value) => ({ value, label: t(`origin.${value}`) })),
        },
      ]}
      blank={{ title: t("blank") }}
    />
  );
}
