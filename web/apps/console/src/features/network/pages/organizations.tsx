import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Nothing, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { type OrganizationFilter, type OrganizationLine, organizationsQuery } from "../api/organizations";
import { Apply } from "../parts/apply";
import { OrganizationState } from "../parts/status";

const STATUSES = ["applied", "approved", "active", "suspended", "closed"] as const;
const KINDS = ["brand", "supplier", "distributor", "dealer"] as const;
const BELOW: Record<string, boolean> = { platform: true, brand: true, distributor: true };

/** The network below us. */
export function OrganizationsPage() {
  const { t } = useT("network");
  const names = useNames();
  const can = useCan();
  const me = useMe();
  const navigate = useNavigate();
  const [state, setState] = useListState();
  const [isApplying, setApplying] = useState(false);
  const pages = usePages(organizationsQuery(state as OrganizationFilter));
  const columns: Column<OrganizationLine>[] = [
    {
      key: "name",
      title: t("name"),
      sort: "name",
      phone: "title",
      render: (row) => (
        <Link to="/organizations/$organizationId" params={{ organizationId: row.id }} className="lq-link">
          {names(row.name, row.name_en)}
        </Link>
      ),
    },
    { key: "code", title: t("code"), sort: "code", render: (row) => row.code },
    { key: "kind", title: t("kindLabel"), sort: "kind", render: (row) => t(`shell:kind.${row.kind}`) },
    { key: "level", title: t("level"), render: (row) => row.level || <Nothing /> },
    { key: "parent", title: t("parent"), render: (row) => row.parent_name ?? <Nothing /> },
    { key: "region", title: t("region"), render: (row) => names(row.region_zh, row.region_en) || <Nothing /> },
    { key: "contact", title: t("contact"), phone: "none", render: (row) => row.contact_name || <Nothing /> },
    {
      key: "status",
      title: t("statusLabel"),
      sort: "status",
      phone: "aside",
      render: (row) => <OrganizationState status={row.status} />,
    },
  ];
  return (
    <Page
      title={t("title")}
      actions={
        can("network.apply") &&
        BELOW[me.kind] && (
          <Button
            type="primary"
            onClick={() => {
              setApplying(true);
            }}
          >
            {t("apply.title")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/organizations/$organizationId", params: { organizationId: row.id } })}
        state={{ sort: "name", ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          {
            name: "kind",
            label: t("kindLabel"),
            options: KINDS.map((value) => ({ value, label: t(`shell:kind.${value}`) })),
          },
          {
            name: "status",
            label: t("statusLabel"),
            options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
        ]}
        blank={{ title: t("blank") }}
      />
      {isApplying && (
        <Apply
          onClose={() => {
            setApplying(false);
          }}
        />
      )}
    </Page>
  );
}
