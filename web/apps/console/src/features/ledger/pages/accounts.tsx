import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Money, Nothing, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Segmented } from "antd";

import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { type Account, type AccountFilter, accountsQuery } from "../api/accounts";
import { Balance } from "../parts/balance";
import { usePartner } from "../parts/names";

const VIEWS = ["ours", "theirs", "all"] as const;
const KINDS = ["prepaid", "credit", "revenue", "tax", "freight", "cash", "rebate", "deposit", "receivable"] as const;

/** Accounts: what each side has, holds and may spend. */
export function AccountsPage() {
  const { t } = useT("ledger");
  const names = useNames();
  const partnerOf = usePartner();
  const navigate = useNavigate();
  const me = useMe();
  const [{ view: asked, ...state }, setState] = useListState();
  // A shop's money lies in its supplier's books.
  const view = VIEWS.find((one) => one === asked) ?? (me.kind === "dealer" ? "theirs" : "ours");
  const side = { ours: { owner_id: me.organization_id }, theirs: { counterparty_id: me.organization_id }, all: {} };
  const pages = usePages(accountsQuery({ ...(state as AccountFilter), ...side[view] }));
  const columns: Column<Account>[] = [
    {
      key: "kind",
      title: t("account"),
      phone: "title",
      render: (row) => (
        <Link to="/ledger/$accountId" params={{ accountId: row.id }} className="lq-link">
          {t(`kind.${row.kind}`)}
        </Link>
      ),
    },
    { key: "partner", title: t("partner"), phone: "title", render: (row) => partnerOf(row) },
    ...(view === "all"
      ? [{ key: "owner", title: t("owner"), render: (row: Account) => names(row.owner_name, row.owner_name_en) }]
      : []),
    {
      key: "balance",
      title: t("balance"),
      isNumber: true,
      phone: "aside",
      render: (row) => <Balance account={row} minor={row.balance_minor} />,
    },
    {
      key: "held",
      title: t("held"),
      isNumber: true,
      render: (row) => (row.held_minor ? <Money minor={row.held_minor} currency={row.currency} /> : <Nothing />),
    },
    {
      key: "available",
      title: t("available"),
      isNumber: true,
      render: (row) =>
        row.available_minor === null ? <Nothing /> : <Money minor={row.available_minor} currency={row.currency} />,
    },
  ];
  return (
    <Page title={t("title")}>
      <Segmented
        aria-label={t("view.label")}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(chosen) => {
          setState({ view: chosen });
        }}
      />
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/ledger/$accountId", params: { accountId: row.id } })}
        state={state}
        onState={setState}
        search={t("search")}
        filters={[
          { name: "kind", label: t("account"), options: KINDS.map((value) => ({ value, label: t(`kind.${value}`) })) },
        ]}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
    </Page>
  );
}
