import "../parts/transfers.css";

import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Nothing, Page, Tag } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useOwnNodes } from "../../../lib/own-nodes";
import { type TransferFilter, type TransferHead, transfersQuery } from "../api/transfers";
import { RequestDialog } from "../parts/request-dialog";
import { TransferStatus } from "../parts/status";

const STATUSES = ["requested", "in-transit", "closed", "cancelled"] as const;

/** Goods that go from one own place to another. */
export function TransfersPage() {
  const { t } = useT("transfers");
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const nodes = useOwnNodes();
  const [state, setState] = useListState();
  const [isAsking, setAsking] = useState(false);
  const pages = usePages(transfersQuery({ ...(state as TransferFilter), organization_id: me.organization_id }));
  const columns: Column<TransferHead>[] = [
    {
      key: "way",
      title: t("way"),
      phone: "title",
      render: (row) => (
        <Link to="/transfers/$transferId" params={{ transferId: row.id }} className="lq-link">
          {row.from_node_name} → {row.to_node_name}
        </Link>
      ),
    },
    {
      key: "status",
      title: t("status.label"),
      sort: "status",
      phone: "aside",
      render: (row) => <TransferStatus status={row.status} />,
    },
    {
      key: "lines",
      title: t("lineCount"),
      isNumber: true,
      render: (row) => <span className="lq-number">{row.line_count}</span>,
    },
    {
      key: "in_transit",
      title: t("inTransit"),
      isNumber: true,
      render: (row) =>
        row.in_transit_count ? <Tag tone="warn">{t("kinds", { count: row.in_transit_count })}</Tag> : <Nothing />,
    },
    { key: "note", title: t("note"), phone: "none", render: (row) => row.note || <Nothing /> },
    { key: "at", title: t("askedAt"), sort: "requested_at", render: (row) => <Instant at={row.requested_at} /> },
    { key: "by", title: t("askedBy"), phone: "none", render: (row) => row.requested_by ?? <Nothing /> },
  ];
  return (
    <Page
      title={t("title")}
      back={
        <Link to="/stock" className="lq-link">
          ← {t("stock")}
        </Link>
      }
      actions={
        can("stock.transfer") &&
        nodes.length > 1 && (
          <Button
            type="primary"
            onClick={() => {
              setAsking(true);
            }}
          >
            {t("request.title")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/transfers/$transferId", params: { transferId: row.id } })}
        state={{ sort: "-requested_at", ...state }}
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
        blank={{ title: t("blank"), hint: nodes.length > 1 ? t("blankHint") : t("oneNode") }}
      />
      {isAsking && (
        <RequestDialog
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </Page>
  );
}
