import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Facts, Money, Page, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useMe } from "../../../lib/me";
import { PaymentList } from "../../../lib/payments/payment-list";
import { PayOnline } from "../../../lib/payments/pay-online";
import { type Account, accountQuery } from "../api/accounts";
import { type PostingLine, postingsQuery } from "../api/postings";
import { Balance, shownOf } from "../parts/balance";
import { EntryDrawer } from "../parts/entry";
import { usePartner } from "../parts/names";
import { PayDialog } from "../parts/pay-dialog";

/** One account: what is on it and how it came about, movement by movement. */
export function AccountPage() {
  const { t } = useT("ledger");
  const partnerOf = usePartner();
  const can = useCan();
  const me = useMe();
  const { accountId } = useParams({ from: "/shell/ledger/$accountId" });
  const { data: account } = useSuspenseQuery(accountQuery(accountId));
  const [isPaying, setPaying] = useState(false);
  const canPay =
    can("ledger.pay") && account.owner_id === me.organization_id && ["prepaid", "credit"].includes(account.kind);
  const isTrade = ["prepaid", "credit"].includes(account.kind);
  const canPayOnline = isTrade && can("payments.pay") && account.counterparty_id === me.organization_id;
  const pair =
    isTrade && account.owner_id !== null && account.counterparty_id !== null
      ? { seller_id: account.owner_id, buyer_id: account.counterparty_id }
      : null;
  return (
    <Page
      title={`${t(`kind.${account.kind}`)} · ${partnerOf(account)}`}
      back={
        <Link to="/ledger" className="lq-link">
          ← {t("title")}
        </Link>
      }
      actions={
        <>
          {canPay && (
            <Button
              type="primary"
              onClick={() => {
                setPaying(true);
              }}
            >
              {t("pay.title")}
            </Button>
          )}
          {canPayOnline && account.owner_id !== null && (
            <PayOnline seller={account.owner_id} currency={account.currency} />
          )}
        </>
      }
    >
      <Section>
        <Sums account={account} />
      </Section>
      <Section title={t("postings")} flush>
        <Postings account={account} />
      </Section>
      {pair && can("payments.see") && (
        <Section title={t("onlinePayments")} flush>
          <PaymentList filter={pair} />
        </Section>
      )}
      {isPaying && (
        <PayDialog
          account={account}
          onClose={() => {
            setPaying(false);
          }}
        />
      )}
    </Page>
  );
}

function Sums({ account }: { account: Account }) {
  const { t } = useT("ledger");
  const money = (minor: number) => <Money minor={minor} currency={account.currency} tone="strong" />;
  return (
    <Facts
      items={[
        { label: t("balance"), value: <Balance account={account} minor={account.balance_minor} /> },
        { label: t("held"), value: money(account.held_minor) },
        ...(account.available_minor === null ? [] : [{ label: t("available"), value: money(account.available_minor) }]),
        ...(account.limit_minor ? [{ label: t("limit"), value: money(account.limit_minor) }] : []),
      ]}
    />
  );
}

function Postings({ account }: { account: Account }) {
  const { t, i18n } = useT("ledger");
  const pages = usePages(postingsQuery(account.id));
  const [opened, setOpened] = useState<string | null>(null);
  const nameOf = (kind: string) => (i18n.exists(`ledger:entry.${kind}`) ? t(`entry.${kind as "sale"}`) : kind);
  const columns: Column<PostingLine>[] = [
    { key: "on", title: t("on"), phone: "title", render: (row) => <Day on={row.business_on} /> },
    {
      key: "kind",
      title: t("what"),
      phone: "title",
      render: (row) => (
        <button
          type="button"
          className="lq-link lq-as-link"
          onClick={() => {
            setOpened(row.entry_id);
          }}
        >
          {nameOf(row.kind)}
        </button>
      ),
    },
    { key: "other", title: t("against"), render: (row) => t(`kind.${row.other_kind}`) },
    { key: "memo", title: t("memo"), render: (row) => <Source posting={row} /> },
    { key: "who", title: t("who"), phone: "none", render: (row) => row.user_name ?? t("system") },
    {
      key: "amount",
      title: t("amount"),
      isNumber: true,
      phone: "aside",
      render: (row) => <Money minor={shownOf(account, row.amount_minor)} currency={account.currency} tone="strong" />,
    },
    {
      key: "balance",
      title: t("balance"),
      isNumber: true,
      render: (row) => <Balance account={account} minor={row.balance_minor} />,
    },
  ];
  return (
    <>
      <DataTable
        label={t("postings")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        blank={{ title: t("noPostings") }}
      />
      {opened && (
        <EntryDrawer
          id={opened}
          onClose={() => {
            setOpened(null);
          }}
        />
      )}
    </>
  );
}

/** Where a movement comes from: its order, else its memo. */
function Source({ posting }: { posting: PostingLine }) {
  const { t } = useT("ledger");
  if (posting.document_kind !== "order") return posting.memo;
  return (
    <Link to="/orders/$orderId" params={{ orderId: posting.document_id }} className="lq-link">
      {posting.memo || t("toOrder")}
    </Link>
  );
}
