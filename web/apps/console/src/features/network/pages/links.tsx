import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Alert, Button, Segmented } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { ExportButton } from "../../../lib/export-button";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { type LinkFilter, type LinkLine, linksQuery } from "../api/links";
import { type ProposalFilter, proposalsQuery } from "../api/proposals";
import { AddLink } from "../parts/add-link";
import { Capabilities } from "../parts/capabilities";
import { LinkState } from "../parts/status";

const STATUSES = ["active", "suspended", "closed"] as const;
/** Which sides an organization can look at; the first is shown first. */
const SIDES: Record<string, ("selling" | "buying" | "all")[]> = {
  supplier: ["selling", "all"],
  distributor: ["selling", "buying", "all"],
  dealer: ["buying"],
};
const WAITING: ProposalFilter = { side: "received", status: "open" };
/** Kinds of organization below which others stand that can be linked. */
const LINKERS = ["platform", "brand", "distributor"];

/** Who may buy from whom, what that allows, and until when. */
export function LinksPage() {
  const { t } = useT("links");
  const names = useNames();
  const can = useCan();
  const me = useMe();
  const navigate = useNavigate();
  const [state, setState] = useListState();
  const [isAdding, setAdding] = useState(false);
  const sides = SIDES[me.kind] ?? ["all"];
  const { side = sides[0] ?? "all", ...rest } = state;
  // Where one side is always the same, the other one is the way to the link.
  const linked = side === "selling" ? "buyer" : "seller";
  const filter = { sort: linked, ...rest, ...(side === "all" ? {} : { side }) } as LinkFilter;
  const pages = usePages(linksQuery(filter));
  const waiting = usePages(proposalsQuery(WAITING)).rows.length;
  const partner = (row: LinkLine, which: "seller" | "buyer") => {
    const name =
      which === "seller" ? names(row.seller_name, row.seller_name_en) : names(row.buyer_name, row.buyer_name_en);
    if (which !== linked) return name;
    return (
      <Link to="/links/$linkId" params={{ linkId: row.id }} className="lq-link">
        {name}
      </Link>
    );
  };
  const columns: Column<LinkLine>[] = [
    {
      key: "seller",
      title: t("seller"),
      sort: "seller",
      phone: linked === "seller" ? "title" : "line",
      render: (row) => partner(row, "seller"),
    },
    {
      key: "buyer",
      title: t("buyer"),
      sort: "buyer",
      phone: linked === "buyer" ? "title" : "line",
      render: (row) => partner(row, "buyer"),
    },
    { key: "rights", title: t("rights"), render: (row) => <Capabilities of={row.capabilities} /> },
    { key: "payment", title: t("paymentDays"), isNumber: true, render: (row) => t("days", { days: row.payment_days }) },
    { key: "from", title: t("validFrom"), sort: "valid_from", render: (row) => <Day on={row.valid_from} /> },
    { key: "until", title: t("validUntil"), render: (row) => <Day on={row.valid_until} /> },
    {
      key: "status",
      title: t("statusLabel"),
      sort: "status",
      phone: "aside",
      render: (row) => <LinkState status={row.status} />,
    },
  ];
  return (
    <Page
      title={t("title")}
      actions={
        <>
          <Link to="/link-proposals" className="lq-link">
            {t("proposal.title")}
          </Link>
          {can("links.grant") && LINKERS.includes(me.kind) && (
            <Button
              type="primary"
              onClick={() => {
                setAdding(true);
              }}
            >
              {t("add.title")}
            </Button>
          )}
        </>
      }
    >
      {waiting > 0 && can("links.grant") && (
        <Alert
          type="info"
          showIcon
          title={t("proposal.waiting", { count: waiting })}
          action={
            <Link to="/link-proposals" className="lq-link">
              {t("proposal.look")} →
            </Link>
          }
        />
      )}
      {sides.length > 1 && (
        <Segmented
          aria-label={t("side.label")}
          value={side}
          options={sides.map((value) => ({ value, label: t(`side.${value}`) }))}
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
        onOpen={(row) => void navigate({ to: "/links/$linkId", params: { linkId: row.id } })}
        state={{ sort: linked, ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          {
            name: "status",
            label: t("statusLabel"),
            options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
        ]}
        toolbar={
          <ExportButton
            name={t("title")}
            query={linksQuery({ ...filter, limit: 200 })}
            columns={[
              { title: t("seller"), text: (row) => names(row.seller_name, row.seller_name_en) },
              { title: t("buyer"), text: (row) => names(row.buyer_name, row.buyer_name_en) },
              {
                title: t("rights"),
                text: (row) => row.capabilities.map((one) => t(`capability.${one}`)).join(" / "),
              },
              { title: t("paymentDays"), text: (row) => row.payment_days },
              { title: t("shortage"), text: (row) => t(`policy.${row.shortage_policy}`) },
              { title: t("validFrom"), text: (row) => row.valid_from },
              { title: t("validUntil"), text: (row) => row.valid_until },
              { title: t("statusLabel"), text: (row) => t(`status.${row.status}`) },
            ]}
          />
        }
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
      {isAdding && (
        <AddLink
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}
