import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Page, Tag } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";

import { useListState } from "../../../lib/list-state";
import { type HeldFilter, type HeldOrder, heldQuery } from "../api/held";

/** Orders on hold: no warehouse can send what they are owed. */
export function HeldPage() {
  const { t } = useT("orders");
  const navigate = useNavigate();
  const [state, setState] = useListState();
  const pages = usePages(heldQuery(state as HeldFilter));
  const columns: Column<HeldOrder>[] = [
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
    { key: "buyer", title: t("buyer"), phone: "title", render: (row) => row.buyer_name },
    {
      key: "cause",
      title: t("reason"),
      render: (row) => (
        <span className="lq-row">
          <Tag tone="bad">{t(`work.cause.${row.cause}`)}</Tag>
          {row.reason}
        </span>
      ),
    },
    {
      key: "owed",
      title: t("held.owed"),
      isNumber: true,
      render: (row) => t("held.units", { units: row.owed, lines: row.line_count }),
    },
    { key: "held", title: t("held.since"), sort: "held_at", render: (row) => <Instant at={row.held_at} /> },
  ];
  return (
    <Page
      title={t("held.title")}
      back={
        <Link to="/orders" className="lq-link">
          ← {t("title")}
        </Link>
      }
    >
      <DataTable
        label={t("held.title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/orders/$orderId", params: { orderId: row.id } })}
        state={{ sort: "held_at", ...state }}
        onState={setState}
        search={t("held.search")}
        blank={{ title: t("held.blank"), hint: t("held.blankHint") }}
      />
    </Page>
  );
}
