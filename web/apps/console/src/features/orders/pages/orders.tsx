import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Money, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Segmented } from "antd";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { type OrderFilter, ordersQuery, type OrderSummary } from "../api/orders";
import { OrderState } from "../parts/state";

const STATUSES = ["placed", "confirmed", "completed", "cancelled", "expired"] as const;
const FULFILMENTS = ["none", "part-shipped", "shipped", "received"] as const;
/** Which side an organization looks at first; "all" is everything it may see, its own tree included. */
const SIDES: Record<string, { first: string; others: string[] }> = {
  brand: { first: "all", others: ["selling"] },
  supplier: { first: "selling", others: ["all"] },
  distributor: { first: "selling", others: ["buying", "all"] },
  dealer: { first: "buying", others: ["selling"] },
};

/** Orders of both sides: what we buy and what we sell. */
export function OrdersPage() {
  const { t } = useT("orders");
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const [state, setState] = useListState();
  // The server refuses what is no choice, so the address may say anything.
  const sides = SIDES[me.kind];
  const { side = sides?.first ?? "all", ...rest } = state;
  const pages = usePages(ordersQuery({ ...rest, ...(side === "all" ? {} : { side }) } as OrderFilter));
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
    <Page
      title={t("title")}
      actions={
        <>
          {me.kind !== "dealer" && can("orders.onBehalf") && (
            <Link to="/orders/for-buyer" className="lq-link">
              {t("forBuyer.title")}
            </Link>
          )}
          <Link to="/joint-returns" className="lq-link">
            {t("jointReturns")}
          </Link>
          {can("routing.see") && (
            <Link to="/held-orders" className="lq-link">
              {t("held.title")}
            </Link>
          )}
        </>
      }
    >
      {sides && (
        <Segmented
          aria-label={t("side.label")}
          value={side}
          options={[sides.first, ...sides.others].map((value) => ({ value, label: t(`side.${value as "all"}`) }))}
          onChange={(chosen) => {
            setState({ side: chosen });
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
            name: "kind",
            label: t("filter.kind"),
            options: (["channel", "retail"] as const).map((value) => ({ value, label: t(`orderKind.${value}`) })),
          },
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
  return `${row.buyer_name || t("walkIn")} ← ${row.seller_name}`;
}
