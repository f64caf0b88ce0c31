import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Money, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Segmented } from "antd";

import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { type OrderFilter, ordersQuery, type OrderSummary } from "../api/orders";
import { OrderState } from "../parts/state";

const STATUSES = ["placed", "confirmed", "completed", "cancelled", "expired"] as const;
const FULFILMENTS = ["none", "part-shipped", "shipped", "received"] as const;
const BOTH_SIDES = new Set(["distributor", "dealer"]);

/** Orders of both sides: what we buy and what we sell. */
export function OrdersPage() {
  const { t } = useT("orders");
  const me = useMe();
  const navigate = useNavigate();
  const [state, setState] = useListState();
  // The server refuses what is no choice, so the address may say anything.
  const pages = usePages(ordersQuery(state as OrderFilter));
  const columns: Column<OrderSummary>[] = [
    {
      key: "number",
      title: t("number"),
      phone: "title",
      render: (row) => (
        <Link to="/orders/$orderId" params={{ orderId: row.id }} className="lq-link lq-number">
          {row.number ?? t("noNumber")}
        </Link>
      ),
    },
    {
      key: "partner",
      title: t("partner"),
      phone: "title",
      render: (row) => <Partner row={row} own={me.organization_id} />,
    },
    {
      key: "state",
      title: t("stateLabel"),
      phone: "aside",
      render: (row) => (
        <span className="lq-row">
          <OrderState order={row} />
        </span>
      ),
    },
    {
      key: "lines",
      title: t("lineCount"),
      isNumber: true,
      render: (row) => <span className="lq-number">{row.line_count}</span>,
    },
    {
      key: "total",
      title: t("total"),
      sort: "total",
      isNumber: true,
      phone: "aside",
      render: (row) => <Money minor={row.total_minor} currency={row.currency} tone="strong" />,
    },
    { key: "placed", title: t("placedAt"), sort: "placed_at", render: (row) => <Instant at={row.placed_at} /> },
  ];
  return (
    <Page title={t("title")}>
      {BOTH_SIDES.has(me.kind) && (
        <Segmented
          aria-label={t("side.label")}
          value={state.side ?? ""}
          options={[
            { value: "", label: t("side.both") },
            { value: "buying", label: t("side.buying") },
            { value: "selling", label: t("side.selling") },
          ]}
          onChange={(side) => {
            setState({ side });
          }}
        />
      )}
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/orders/$orderId", params: { orderId: row.id } })}
        state={{ sort: "-placed_at", ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          {
            name: "status",
            label: t("filter.status"),
            options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
          {
            name: "fulfilment_status",
            label: t("filter.fulfilment"),
            options: FULFILMENTS.map((value) => ({ value, label: t(`fulfilment.${value}`) })),
          },
        ]}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
    </Page>
  );
}

/** The other side; who is neither buyer nor seller sees both. */
function Partner({ row, own }: { row: OrderSummary; own: number }) {
  const { t } = useT("orders");
  if (row.seller_id === own) return row.buyer_name || t("walkIn");
  if (row.buyer_id === own) return row.seller_name;
  return `${row.buyer_name} ← ${row.seller_name}`;
}
