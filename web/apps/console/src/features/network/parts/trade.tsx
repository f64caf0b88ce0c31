import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Section, Tag } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import { useNames } from "../../../lib/names";
import { type LinkLine, linksQuery } from "../api/links";
import { type NodeLine, nodesOfQuery } from "../api/nodes";
import { LinkState } from "./status";

/** Whom an organization buys from or sells to. */
export function Links({ organization, side }: { organization: number; side: "selling" | "buying" }) {
  const { t } = useT("network");
  const names = useNames();
  const pages = usePages(linksQuery(side === "selling" ? { seller_id: organization } : { buyer_id: organization }));
  const columns: Column<LinkLine>[] = [
    {
      key: "partner",
      title: side === "selling" ? t("buyer") : t("seller"),
      phone: "title",
      render: (row) => (
        <Link to="/links/$linkId" params={{ linkId: row.id }} className="lq-link">
          {side === "selling" ? names(row.buyer_name, row.buyer_name_en) : names(row.seller_name, row.seller_name_en)}
        </Link>
      ),
    },
    { key: "from", title: t("since"), render: (row) => <Day on={row.valid_from} /> },
    { key: "payment", title: t("paymentDays"), isNumber: true, render: (row) => t("days", { days: row.payment_days }) },
    { key: "shortage", title: t("shortage"), render: (row) => t(`policy.${row.shortage_policy}`) },
    {
      key: "status",
      title: t("statusLabel"),
      phone: "aside",
      render: (row) => <LinkState status={row.status} />,
    },
  ];
  const title = side === "selling" ? t("sellsTo") : t("buysFrom");
  return (
    <Section title={title} flush>
      <DataTable
        label={title}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        blank={{ title: t("noLinks") }}
      />
    </Section>
  );
}

/** Where an organization keeps its goods. */
export function Nodes({ organization }: { organization: number }) {
  const { t } = useT("network");
  const pages = usePages(nodesOfQuery(organization));
  const columns: Column<NodeLine>[] = [
    { key: "name", title: t("node"), phone: "title", render: (row) => row.name },
    { key: "code", title: t("code"), render: (row) => row.code },
    { key: "kind", title: t("kindLabel"), render: (row) => t(`nodeKind.${row.kind}`) },
    { key: "address", title: t("address"), render: (row) => row.address },
    {
      key: "open",
      title: t("statusLabel"),
      phone: "aside",
      render: (row) => <Tag tone={row.is_open ? "good" : "neutral"}>{row.is_open ? t("open") : t("closed")}</Tag>,
    },
  ];
  return (
    <Section title={t("nodes")} flush>
      <DataTable
        label={t("nodes")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        blank={{ title: t("noNodes") }}
      />
    </Section>
  );
}
