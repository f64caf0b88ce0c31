import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Page } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { type Proposal, type ProposalFilter, proposalsQuery } from "../api/proposals";
import { ProposalDrawer } from "../parts/proposal-drawer";
import { Propose } from "../parts/propose";
import { ProposalState } from "../parts/status";

const STATUSES = ["open", "accepted", "declined", "withdrawn", "expired"] as const;

/** Trade links that somebody proposed: what waits for an answer, and what became of the others. */
export function ProposalsPage() {
  const { t } = useT("links");
  const names = useNames();
  const can = useCan();
  const me = useMe();
  const [state, setState] = useListState();
  const [openId, setOpenId] = useState<number | null>(null);
  const [isProposing, setProposing] = useState(false);
  const { side = "received", ...rest } = state;
  const filter = { ...rest, ...(side === "all" ? {} : { side }) } as ProposalFilter;
  const pages = usePages(proposalsQuery(filter));
  const opened = pages.rows.find((row) => row.id === openId);
  const columns: Column<Proposal>[] = [
    {
      key: "seller",
      title: t("seller"),
      phone: "title",
      render: (row) => (
        <button
          type="button"
          className="lq-link lq-as-link"
          onClick={() => {
            setOpenId(row.id);
          }}
        >
          {names(row.seller_name, row.seller_name_en)}
        </button>
      ),
    },
    { key: "buyer", title: t("buyer"), render: (row) => names(row.buyer_name, row.buyer_name_en) },
    { key: "by", title: t("proposal.by"), render: (row) => row.proposed_by_name },
    { key: "at", title: t("proposal.at"), sort: "proposed_at", render: (row) => <Instant at={row.proposed_at} /> },
    {
      key: "until",
      title: t("proposal.until"),
      render: (row) => row.status === "open" && <Instant at={row.expires_at} />,
    },
    {
      key: "status",
      title: t("statusLabel"),
      phone: "aside",
      render: (row) => <ProposalState status={row.status} />,
    },
  ];
  return (
    <Page
      title={t("proposal.title")}
      back={
        <Link to="/links" className="lq-link">
          ← {t("title")}
        </Link>
      }
      actions={
        can("links.grant") &&
        me.kind !== "platform" && (
          <Button
            type="primary"
            onClick={() => {
              setProposing(true);
            }}
          >
            {t("proposal.new")}
          </Button>
        )
      }
    >
      <Segmented
        aria-label={t("side.label")}
        value={side}
        options={(["received", "sent", "all"] as const).map((value) => ({
          value,
          label: t(`proposal.sides.${value}`),
        }))}
        onChange={(chosen) => {
          setState({ side: chosen });
        }}
      />
      <DataTable
        label={t("proposal.title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => {
          setOpenId(row.id);
        }}
        state={{ sort: "-proposed_at", ...state }}
        onState={setState}
        filters={[
          {
            name: "status",
            label: t("statusLabel"),
            options: STATUSES.map((value) => ({ value, label: t(`proposal.status.${value}`) })),
          },
        ]}
        blank={{ title: t("proposal.blank"), hint: t("proposal.blankHint") }}
      />
      {opened && (
        <ProposalDrawer
          key={opened.id}
          proposal={opened}
          onClose={() => {
            setOpenId(null);
          }}
        />
      )}
      {isProposing && (
        <Propose
          onClose={() => {
            setProposing(false);
          }}
        />
      )}
    </Page>
  );
}
