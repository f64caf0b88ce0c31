import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Money, Nothing, Page, Quantity } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useState } from "react";

import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { nodesQuery } from "../api/nodes";
import { type StockFilter, type StockLine, stockQuery } from "../api/stock";
import { Expiry } from "../parts/expiry";
import { Moves } from "../parts/moves";

const VIEWS = ["stock", "all", "moves"] as const;

/** Stock by node and SKU, and the moves behind it. */
export function StockPage() {
  const { t } = useT("stock");
  const [state, setState] = useListState();
  const view = VIEWS.find((one) => one === state.view) ?? "stock";
  return (
    <Page
      title={t("title")}
      actions={
        <span className="lq-row">
          <Link to="/counts" className="lq-link">
            {t("shell:menu.counts")} →
          </Link>
          <Link to="/transfers" className="lq-link">
            {t("shell:menu.transfers")} →
          </Link>
        </span>
      }
    >
      <Segmented
        aria-label={t("view.label")}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(chosen) => {
          setState({ view: chosen === "stock" ? "" : chosen, q: "", sort: "" });
        }}
      />
      {view === "moves" ? <Moves filter={{}} isOfOne={false} /> : <StockList isOwn={view === "stock"} />}
    </Page>
  );
}

function StockList({ isOwn }: { isOwn: boolean }) {
  const { t } = useT("stock");
  const names = useNames();
  const me = useMe();
  const navigate = useNavigate();
  const [now] = useState(() => Date.now());
  const [{ view, ...state }, setState] = useListState();
  const nodes = useQuery(nodesQuery).data?.items ?? [];
  const pages = usePages(
    stockQuery({ ...(state as StockFilter), ...(isOwn ? { organization_id: me.organization_id } : {}) }),
  );
  const isValued = pages.rows.some((row) => row.value_minor !== null);
  const amount = (row: StockLine, base: number | null) =>
    base ? <Quantity base={base} unit={row.base_unit} /> : <Nothing />;
  const columns: Column<StockLine>[] = [
    {
      key: "goods",
      title: t("goods"),
      sort: "name",
      phone: "title",
      render: (row) => (
        <div>
          <Link to="/stock/$nodeId/$skuId" params={{ nodeId: row.node_id, skuId: row.sku_id }} className="lq-link">
            {names(row.name_zh, row.name_en)}
          </Link>
          <div className="lq-soft lq-small">{row.sku_code}</div>
        </div>
      ),
    },
    {
      key: "node",
      title: t("node"),
      sort: "node",
      render: (row) => (row.is_own ? row.node_name : `${row.organization_name} · ${row.node_name}`),
    },
    {
      key: "free",
      title: t("free"),
      sort: "free",
      isNumber: true,
      phone: "aside",
      render: (row) => (
        <strong>
          <Quantity base={row.free} unit={row.base_unit} />
        </strong>
      ),
    },
    { key: "reserved", title: t("reserved"), isNumber: true, render: (row) => amount(row, row.reserved) },
    { key: "on_hand", title: t("onHand"), isNumber: true, render: (row) => amount(row, row.on_hand) },
    { key: "in_transit", title: t("inTransit"), isNumber: true, render: (row) => amount(row, row.in_transit) },
    { key: "blocked", title: t("blocked"), isNumber: true, phone: "none", render: (row) => amount(row, row.blocked) },
    {
      key: "expiry",
      title: t("nextExpiry"),
      sort: "expiry",
      render: (row) => <Expiry on={row.next_expiry_on} now={now} />,
    },
    ...(isValued
      ? [
          {
            key: "value",
            title: t("value"),
            isNumber: true,
            phone: "none" as const,
            render: (row: StockLine) =>
              row.value_minor === null || row.currency === null ? (
                <Nothing />
              ) : (
                <Money minor={row.value_minor} currency={row.currency} />
              ),
          },
        ]
      : []),
  ];
  const [first] = pages.rows;
  return (
    <>
      {first && (
        <div className="lq-soft lq-small">
          {t("asOf")} <Instant at={first.as_of} />
        </div>
      )}
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) =>
          void navigate({ to: "/stock/$nodeId/$skuId", params: { nodeId: row.node_id, skuId: row.sku_id } })
        }
        state={{ sort: "name", ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          ...(nodes.length > 1
            ? [
                {
                  name: "node_id",
                  label: t("node"),
                  options: nodes.map((node) => ({ value: String(node.id), label: node.name })),
                },
              ]
            : []),
          {
            name: "expires_within_days",
            label: t("expiring"),
            options: [7, 30, 90].map((days) => ({ value: String(days), label: t("within", { days }) })),
          },
        ]}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
    </>
  );
}
