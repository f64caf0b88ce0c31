import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Money, Nothing, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { type BacklogPlan, type PlanFilter, plansQuery } from "../api/plans";
import { AskDialog } from "../parts/ask-dialog";
import { PlanState } from "../parts/state";

const STATES = ["waiting", "solving", "ready", "applied", "discarded"] as const;

/** Plans for the orders that wait for goods. */
export function PlansPage() {
  const { t } = useT("plans");
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const [state, setState] = useListState();
  const [isAsking, setAsking] = useState(false);
  const pages = usePages(plansQuery(state as PlanFilter));
  const columns: Column<BacklogPlan>[] = [
    {
      key: "asked",
      title: t("askedAt"),
      sort: "asked_at",
      phone: "title",
      render: (row) => (
        <Link to="/backlog-plans/$planId" params={{ planId: row.id }} className="lq-link">
          <Instant at={row.asked_at} />
        </Link>
      ),
    },
    { key: "state", title: t("stateLabel"), phone: "aside", render: (row) => <PlanState state={row.state} /> },
    ...(me.kind === "platform"
      ? [{ key: "seller", title: t("seller"), render: (row: BacklogPlan) => row.seller_name }]
      : []),
    {
      key: "moves",
      title: t("moveCount"),
      isNumber: true,
      render: (row) =>
        row.summary ? (
          <span className="lq-number">
            {row.summary.move_count} / {row.summary.order_count}
          </span>
        ) : (
          <Nothing />
        ),
    },
    {
      key: "cost",
      title: t("figures.side.plan"),
      isNumber: true,
      render: (row) =>
        row.summary ? <Money minor={row.summary.plan.cost_minor ?? 0} currency={row.currency} /> : <Nothing />,
    },
    {
      key: "greedy",
      title: t("figures.side.greedy"),
      isNumber: true,
      phone: "none",
      render: (row) =>
        row.summary ? <Money minor={row.summary.greedy.cost_minor ?? 0} currency={row.currency} /> : <Nothing />,
    },
    { key: "by", title: t("askedBy"), phone: "none", render: (row) => row.asked_by_name ?? <Nothing /> },
  ];
  const ask = can("routing.plan") && (
    <Button
      type="primary"
      onClick={() => {
        setAsking(true);
      }}
    >
      {t("ask.submit")}
    </Button>
  );
  return (
    <Page title={t("title")} actions={ask} about={t("about")}>
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/backlog-plans/$planId", params: { planId: row.id } })}
        state={{ sort: "-asked_at", ...state }}
        onState={setState}
        filters={[
          {
            name: "state",
            label: t("stateLabel"),
            options: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
        ]}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
      {isAsking && (
        <AskDialog
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </Page>
  );
}
