import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, type ListState, Money } from "@lingqu/ui";
import { useState } from "react";

import { type OnlinePayment, type PaymentFilter, paymentsQuery } from "./payments";
import { PaymentDrawer } from "./payment-drawer";
import { PaymentTag } from "./state";

interface Props {
  filter: PaymentFilter;
  state?: ListState;
  onState?: (change: ListState) => void;
}

/** Online payments as rows; one of them opens with its steps. */
export function PaymentList({ filter, state, onState }: Props) {
  const { t } = useT("payments");
  const pages = usePages(paymentsQuery(filter));
  const [opened, setOpened] = useState<string | null>(null);
  const columns: Column<OnlinePayment>[] = [
    {
      key: "at",
      title: t("madeAt"),
      phone: "title",
      render: (row) => (
        <button
          type="button"
          className="lq-link lq-as-link"
          onClick={() => {
            setOpened(row.id);
          }}
        >
          <Instant at={row.made_at} />
        </button>
      ),
    },
    { key: "buyer", title: t("buyer"), render: (row) => row.buyer_name },
    { key: "seller", title: t("seller"), render: (row) => row.seller_name },
    { key: "for", title: t("for"), render: (row) => (row.order_id ? t("anOrder") : t("inAdvance")) },
    {
      key: "amount",
      title: t("amount"),
      isNumber: true,
      render: (row) => <Money minor={row.amount_minor} currency={row.currency} tone="strong" />,
    },
    { key: "state", title: t("stateLabel"), phone: "aside", render: (row) => <PaymentTag payment={row} /> },
  ];
  const controls = state && onState ? { state, onState, filters: [stateFilter(t), stuckFilter(t)] } : {};
  return (
    <>
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        blank={{ title: t("blank"), hint: t("blankHint") }}
        {...controls}
      />
      {opened && (
        <PaymentDrawer
          id={opened}
          onClose={() => {
            setOpened(null);
          }}
        />
      )}
    </>
  );
}

type T = ReturnType<typeof useT<"payments">>["t"];

const STATES = [
  "opening",
  "open",
  "paid",
  "refunding",
  "refunded",
  "credited",
  "failed",
  "expired",
  "given-up",
] as const;

function stateFilter(t: T) {
  return {
    name: "state",
    label: t("stateLabel"),
    options: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
  };
}

function stuckFilter(t: T) {
  return { name: "is_stuck", label: t("stuckLabel"), options: [{ value: "true", label: t("stuck") }] };
}
