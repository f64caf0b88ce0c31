import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Nothing, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useOwnNodes } from "../../../lib/own-nodes";
import { type CountFilter, type CountHead, countsQuery } from "../api/counts";
import { OpenDialog } from "../parts/open-dialog";
import { CountStatus } from "../parts/status";

const STATUSES = ["open", "posted", "cancelled"] as const;

/** Count sheets: what is being counted, and what was. */
export function CountsPage() {
  const { t } = useT("counts");
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const nodes = useOwnNodes();
  const [state, setState] = useListState();
  const [isOpening, setOpening] = useState(false);
  const pages = usePages(countsQuery({ ...(state as CountFilter), organization_id: me.organization_id }));
  const columns: Column<CountHead>[] = [
    {
      key: "title",
      title: t("name"),
      sort: "title",
      phone: "title",
      render: (row) => (
        <Link to="/counts/$countId" params={{ countId: row.id }} className="lq-link">
          {row.title}
        </Link>
      ),
    },
    { key: "node", title: t("node"), phone: "title", render: (row) => row.node_name },
    { key: "status", title: t("status.label"), phone: "aside", render: (row) => <CountStatus status={row.status} /> },
    {
      key: "progress",
      title: t("progress"),
      isNumber: true,
      render: (row) => (
        <span className="lq-number">
          {row.counted_count} / {row.line_count}
        </span>
      ),
    },
    { key: "opened", title: t("openedAt"), sort: "opened_at", render: (row) => <Instant at={row.opened_at} /> },
    { key: "by", title: t("openedBy"), phone: "none", render: (row) => row.opened_by ?? <Nothing /> },
    { key: "closed", title: t("closedAt"), phone: "none", render: (row) => <Instant at={row.closed_at} /> },
  ];
  const open = can("stock.adjust") && (
    <Button
      type="primary"
      onClick={() => {
        setOpening(true);
      }}
    >
      {t("open.title")}
    </Button>
  );
  return (
    <Page
      title={t("title")}
      back={
        <Link to="/stock" className="lq-link">
          ← {t("stock")}
        </Link>
      }
      actions={open}
    >
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/counts/$countId", params: { countId: row.id } })}
        state={{ sort: "-opened_at", ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          ...(nodes.length > 1
            ? [
                {
                  name: "node_id",
                  label: t("node"),
                  options: nodes.map(({ value, label }) => ({ value: String(value), label })),
                },
              ]
            : []),
          {
            name: "status",
            label: t("status.label"),
            options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
        ]}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
      {isOpening && (
        <OpenDialog
          onClose={() => {
            setOpening(false);
          }}
        />
      )}
    </Page>
  );
}
