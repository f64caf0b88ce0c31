import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Section, Tag } from "@lingqu/ui";

import { type LinkLine, linksQuery } from "../api/links";
import { type NodeLine, nodesOfQuery } from "../api/nodes";

/** Whom an organization buys from or sells to. */
export function Links({ organization, side }: { organization: number; side: "selling" | "buying" }) {
  const { t } = useT("network");
  const pages = usePages(linksQuery(side === "selling" ? { seller_id: organization } : { buyer_id: organization }));
  const columns: Column<LinkLine>[] = [
    {
      key: "partner",
      title: side === "selling" ? t("buyer") : t("seller"),
      phone: "title",
      render: (row) => (side === "selling" ? row.buyer_name : row.seller_name),
    },
    { key: "from", title: t("since"), render: (row) => <Day on={row.valid_from} /> },
    { key: "payment", title: t("paymentDays"), isNumber: true, render: (row) => t("days", { days: row.payment_days }) },
    { key: "shortage", title: t("shortage"), render: (row) => t(`policy.${row.shortage_policy}`) },
    {
      key: "status",
      title: t("statusLabel"),
      phone: "aside",
      render: (row) => <Tag tone={row.status === "active" ? "good" : "neutral"}>{t(`linkStatus.${row.status}`)}</Tag>,
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
