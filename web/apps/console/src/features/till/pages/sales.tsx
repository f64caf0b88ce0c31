import "../parts/till.css";

import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Money, Nothing, Page, Tag } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { type Sale, type SaleFilter, salesQuery } from "../api/sales";
import { TENDERS } from "../api/sell";
import { Day } from "../parts/day";

/** What was sold at the counter, and what the day brought in. */
export function SalesPage() {
  const { t } = useT("till");
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const [{ day, refunded, ...state }, setState] = useListState();
  const pages = usePages(
    salesQuery({
      ...(state as SaleFilter),
      ...(refunded ? { is_refunded: refunded === "yes" } : {}),
      seller_id: me.organization_id,
    }),
  );
  const columns: Column<Sale>[] = [
    {
      key: "number",
      title: t("sale.number"),
      phone: "title",
      render: (row) => (
        <Link to="/till/sales/$saleId" params={{ saleId: row.id }} className="lq-link lq-number">
          {row.number}
        </Link>
      ),
    },
    { key: "sold_at", title: t("sale.soldAt"), sort: "sold_at", render: (row) => <Instant at={row.sold_at} /> },
    {
      key: "member",
      title: t("sale.member"),
      phone: "title",
      render: (row) => row.member_name ?? <span className="lq-soft">{t("sale.walkIn")}</span>,
    },
    {
      key: "tender",
      title: t("pay.tender"),
      render: (row) => (row.tender ? t(`tender.${row.tender as "cash"}`) : <Nothing />),
    },
    { key: "by", title: t("sale.soldBy"), phone: "none", render: (row) => row.sold_by || <Nothing /> },
    {
      key: "total",
      title: t("pay.total"),
      sort: "total",
      isNumber: true,
      phone: "aside",
      render: (row) => <Money minor={row.total_minor} currency={row.currency} tone="strong" />,
    },
    {
      key: "refunded",
      title: t("sale.refunded"),
      isNumber: true,
      phone: "aside",
      render: (row) =>
        row.refunded_minor ? (
          <Tag tone="warn">
            {t("sale.refunded")} <Money minor={-row.refunded_minor} currency={row.currency} />
          </Tag>
        ) : null,
    },
  ];
  return (
    <Page
      title={t("sales")}
      back={
        can("orders.sell") && (
          <Link to="/till" className="lq-link">
            ← {t("title")}
          </Link>
        )
      }
    >
      <Day
        day={day}
        onDay={(chosen) => {
          setState({ day: chosen });
        }}
      />
      <DataTable
        label={t("sales")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/till/sales/$saleId", params: { saleId: row.id } })}
        state={{ sort: "-sold_at", ...state, refunded }}
        onState={setState}
        search={t("sale.search")}
        filters={[
          {
            name: "tender",
            label: t("pay.tender"),
            options: TENDERS.map((value) => ({ value, label: t(`tender.${value}`) })),
          },
          {
            name: "refunded",
            label: t("sale.refunded"),
            options: (["yes", "no"] as const).map((value) => ({ value, label: t(`sale.isRefunded.${value}`) })),
          },
        ]}
        blank={{ title: t("sale.blank"), hint: t("sale.blankHint") }}
      />
    </Page>
  );
}
