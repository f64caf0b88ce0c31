import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Money, Nothing, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { type Agreement, type AgreementFilter, agreementsQuery } from "../api/agreements";
import { GrantDialog } from "../parts/grant-dialog";
import { CreditState } from "../parts/status";

const VIEWS = ["granted", "used", "all"] as const;

/** Credit lines: what we let others owe, what we may owe, and what is late. */
export function AgreementsPage() {
  const { t } = useT("credit");
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const [{ view: asked, late, over, ...state }, setState] = useListState();
  const [isGranting, setGranting] = useState(false);
  const view = VIEWS.find((one) => one === asked) ?? (me.kind === "dealer" ? "used" : "granted");
  const side = { granted: { seller_id: me.organization_id }, used: { buyer_id: me.organization_id }, all: {} };
  const pages = usePages(
    agreementsQuery({
      ...(state as AgreementFilter),
      ...(late ? { is_overdue: late === "yes" } : {}),
      ...(over ? { is_over_limit: over === "yes" } : {}),
      ...side[view],
    }),
  );
  const partner: Column<Agreement> = {
    key: "partner",
    title: view === "used" ? t("seller") : t("buyer"),
    sort: view === "used" ? "seller" : "buyer",
    phone: "title",
    render: (row) => (
      <Link to="/credit/$agreementId" params={{ agreementId: row.id }} className="lq-link">
        {view === "used" ? row.seller_name : row.buyer_name}
      </Link>
    ),
  };
  const money = (row: Agreement, minor: number) =>
    minor ? <Money minor={minor} currency={row.currency} /> : <Nothing />;
  const columns: Column<Agreement>[] = [
    partner,
    ...(view === "all"
      ? [{ key: "seller", title: t("seller"), phone: "title" as const, render: (row: Agreement) => row.seller_name }]
      : []),
    { key: "state", title: t("status.label"), phone: "aside", render: (row) => <CreditState agreement={row} /> },
    { key: "limit", title: t("limit"), sort: "limit", isNumber: true, render: (row) => money(row, row.limit_minor) },
    {
      key: "owed",
      title: t("owed"),
      sort: "owed",
      isNumber: true,
      phone: "aside",
      render: (row) => <Money minor={row.owed_minor} currency={row.currency} tone="strong" />,
    },
    { key: "available", title: t("available"), isNumber: true, render: (row) => money(row, row.available_minor) },
    {
      key: "overdue",
      title: t("overdue"),
      sort: "overdue",
      isNumber: true,
      render: (row) =>
        row.overdue_minor ? (
          <span className="lq-negative lq-strong">
            <Money minor={row.overdue_minor} currency={row.currency} />
          </span>
        ) : (
          <Nothing />
        ),
    },
    {
      key: "days",
      title: t("paymentDays"),
      isNumber: true,
      phone: "none",
      render: (row) => <span className="lq-number">{row.payment_days}</span>,
    },
  ];
  const yesNo = (["yes", "no"] as const).map((value) => ({ value, label: t(`is.${value}`) }));
  return (
    <Page
      title={t("title")}
      actions={
        view === "granted" &&
        can("credit.grant") && (
          <Button
            type="primary"
            onClick={() => {
              setGranting(true);
            }}
          >
            {t("grant.title")}
          </Button>
        )
      }
    >
      <Segmented
        aria-label={t("view.label")}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(chosen) => {
          setState({ view: chosen, sort: "" });
        }}
      />
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/credit/$agreementId", params: { agreementId: row.id } })}
        state={{ sort: view === "used" ? "seller" : "buyer", late, over, ...state }}
        onState={setState}
        search={t("search")}
        filters={[
          {
            name: "status",
            label: t("status.label"),
            options: (["active", "suspended"] as const).map((value) => ({ value, label: t(`status.${value}`) })),
          },
          { name: "late", label: t("overdue"), options: yesNo },
          { name: "over", label: t("overLimit"), options: yesNo },
        ]}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
      {isGranting && (
        <GrantDialog
          onClose={() => {
            setGranting(false);
          }}
        />
      )}
    </Page>
  );
}
