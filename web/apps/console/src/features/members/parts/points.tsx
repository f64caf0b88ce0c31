import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Instant, Nothing } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import { type PointsLine, pointsQuery } from "../api/members";

/** The account of points: what came and went, and because of what. */
export function Points({ member }: { member: string }) {
  const { t, i18n } = useT("members");
  const pages = usePages(pointsQuery(member));
  const columns: Column<PointsLine>[] = [
    { key: "on", title: t("on"), phone: "title", render: (row) => <Day on={row.business_on} /> },
    {
      key: "because",
      title: t("because"),
      phone: "title",
      render: (row) => <Because row={row} />,
    },
    {
      key: "points",
      title: t("points"),
      isNumber: true,
      phone: "aside",
      render: (row) => (
        <span className={row.points < 0 ? "lq-number lq-strong lq-negative" : "lq-number lq-strong"}>
          {row.points > 0 && "+"}
          {row.points.toLocaleString(i18n.language)}
        </span>
      ),
    },
    { key: "at", title: t("at"), phone: "none", render: (row) => <Instant at={row.recorded_at} /> },
    { key: "who", title: t("who"), phone: "none", render: (row) => row.user_name ?? <Nothing /> },
  ];
  return (
    <DataTable
      label={t("pointsAccount")}
      columns={columns}
      rowKey={(row) => row.id}
      pages={pages}
      blank={{ title: t("noPoints") }}
    />
  );
}

/** Points come from purchases, go with refunds, and are given or taken by hand with a reason. */
function Because({ row }: { row: PointsLine }) {
  const { t } = useT("members");
  if (row.document_kind === "order") {
    return (
      <Link to="/till/sales/$saleId" params={{ saleId: row.document_id }} className="lq-link">
        {row.points < 0 ? t("refund") : t("purchase")}
      </Link>
    );
  }
  const name = row.document_kind === "points-adjustment" ? t("adjust.title") : t("broughtIn");
  return (
    <>
      {name} <span className="lq-soft">{row.memo}</span>
    </>
  );
}
