import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Money, Nothing } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import { purchasesQuery, type Sale } from "../api/members";

/** What the member bought at the counters that this reader may see. */
export function Purchases({ member }: { member: string }) {
  const { t } = useT("members");
  const pages = usePages(purchasesQuery(member));
  const columns: Column<Sale>[] = [
    {
      key: "number",
      title: t("number"),
      phone: "title",
      render: (row) => (
        <Link to="/till/sales/$saleId" params={{ saleId: row.id }} className="lq-link lq-number">
          {row.number}
        </Link>
      ),
    },
    { key: "shop", title: t("shop"), phone: "title", render: (row) => row.seller_name },
    { key: "at", title: t("at"), render: (row) => <Instant at={row.sold_at} /> },
    {
      key: "lines",
      title: t("kinds"),
      isNumber: true,
      phone: "none",
      render: (row) => <span className="lq-number">{row.line_count}</span>,
    },
    {
      key: "total",
      title: t("total"),
      isNumber: true,
      phone: "aside",
      render: (row) => <Money minor={row.total_minor} currency={row.currency} tone="strong" />,
    },
    {
      key: "refunded",
      title: t("refunded"),
      isNumber: true,
      render: (row) =>
        row.refunded_minor ? <Money minor={-row.refunded_minor} currency={row.currency} /> : <Nothing />,
    },
  ];
  return (
    <DataTable
      label={t("purchases")}
      columns={columns}
      rowKey={(row) => row.id}
      pages={pages}
      blank={{ title: t("noPurchases") }}
    />
  );
}
