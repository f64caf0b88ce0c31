import "../parts/returns.css";

import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Money, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { type ReturnFilter, returnsQuery, type ReturnSummary } from "../api/returns";
import { Rule } from "../parts/rule";
import { ReturnState } from "../parts/state";

const STATUSES = ["requested", "accepted", "part", "rejected"] as const;
const SELLERS = new Set(["brand", "supplier", "distributor"]);

/** Returns over many orders, asked for and to be decided. */
export function ReturnsPage() {
  const { t } = useT("returns");
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const [state, setState] = useListState();
  const pages = usePages(returnsQuery(state as ReturnFilter));
  const columns: Column<ReturnSummary>[] = [
    {
      key: "number",
      title: t("number"),
      phone: "title",
      render: (row) => (
        <Link to="/joint-returns/$returnId" params={{ returnId: row.id }} className="lq-link lq-number">
          {row.number}
        </Link>
      ),
    },
    {
      key: "partner",
      title: t("partner"),
      phone: "title",
      render: (row) => (row.seller_id === me.organization_id ? row.buyer_name : row.seller_name),
    },
    { key: "status", title: t("state"), phone: "aside", render: (row) => <ReturnState status={row.status} /> },
    {
      key: "orders",
      title: t("orders"),
      isNumber: true,
      render: (row) => <span className="lq-number">{row.order_count}</span>,
    },
    {
      key: "refund",
      title: t("refund"),
      isNumber: true,
      phone: "aside",
      render: (row) => (
        <Money
          minor={row.status === "requested" ? row.shown_minor : row.refund_minor}
          currency={row.currency}
          tone="strong"
        />
      ),
    },
    {
      key: "asked",
      title: t("requestedAt"),
      sort: "requested_at",
      render: (row) => <Instant at={row.requested_at} />,
    },
  ];
  return (
    <Page
      title={t("title")}
      actions={
        can("orders.return") && (
          <Button type="primary" onClick={() => void navigate({ to: "/joint-returns/new" })}>
            {t("new")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/joint-returns/$returnId", params: { returnId: row.id } })}
        state={{ sort: "-requested_at", ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          {
            name: "status",
            label: t("state"),
            options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
        ]}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
      {SELLERS.has(me.kind) && can("orders.rules") && <Rule />}
    </Page>
  );
}
