import "../parts/standing.css";

import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Segmented } from "antd";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { type Standing, standingQuery } from "../api/standing";
import { ExpectedDemand } from "../parts/demand";
import { RhythmText } from "../parts/rhythm-text";
import { StandingState } from "../parts/state";

/** Standing orders of both sides; a seller sees what they will ask for. */
export function StandingListPage() {
  const { t } = useT("standing");
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const [state, setState] = useListState();
  const sides = me.kind === "dealer" ? (["buying"] as const) : (["selling", "buying"] as const);
  const side = sides.find((one) => one === state.side) ?? sides[0];
  const pages = usePages(standingQuery(side));
  const columns: Column<Standing>[] = [
    {
      key: "name",
      title: t("name"),
      phone: "title",
      render: (row) => (
        <Link to="/standing/$standingId" params={{ standingId: row.id }} className="lq-link">
          {row.name}
        </Link>
      ),
    },
    {
      key: "partner",
      title: t("partner"),
      phone: "title",
      render: (row) => (row.side === "buyer" ? row.seller_name : row.buyer_name),
    },
    { key: "rhythm", title: t("rhythm"), render: (row) => <RhythmText rhythm={row.rhythm} /> },
    { key: "next", title: t("next"), phone: "aside", render: (row) => <Day on={row.next_due_on} /> },
    { key: "state", title: t("stateLabel"), phone: "aside", render: (row) => <StandingState state={row.state} /> },
  ];
  return (
    <Page title={t("title")}>
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
      {side === "selling" && can("orders.confirm") && <ExpectedDemand />}
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/standing/$standingId", params: { standingId: row.id } })}
        state={state}
        onState={setState}
        blank={{ title: t("blank"), hint: side === "buying" ? t("blankHint") : t("blankSelling") }}
      />
    </Page>
  );
}
