import { useT } from "@lingqu/i18n";
import { type Column, Facts, Instant, Listing, Money, Page, Quantity, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { type NodeStock, nodeStockQuery, type StockLot } from "../api/stock";
import { AdjustDialog, type Wish } from "../parts/adjust-dialog";
import { Expiry } from "../parts/expiry";
import { Moves } from "../parts/moves";

/** One SKU at one node: how much, in which lots, and every move that made it so. */
export function NodeStockPage() {
  const { t } = useT("stock");
  const names = useNames();
  const can = useCan();
  const me = useMe();
  const { nodeId, skuId } = useParams({ from: "/shell/stock/$nodeId/$skuId" });
  const { data: stock } = useSuspenseQuery(nodeStockQuery(nodeId, skuId));
  const [wish, setWish] = useState<Wish | null>(null);
  const wishes: Wish[] = [
    "adjust",
    ...(stock.free > 0 ? (["block"] as const) : []),
    ...(stock.blocked ? (["unblock"] as const) : []),
  ];
  return (
    <Page
      title={names(stock.name_zh, stock.name_en)}
      back={
        <Link to="/stock" className="lq-link">
          ← {t("title")}
        </Link>
      }
      about={`${stock.organization_name} · ${stock.node_name} · ${stock.sku_code}`}
      actions={
        stock.organization_id === me.organization_id &&
        can("stock.adjust") &&
        wishes.map((one) => (
          <Button
            key={one}
            onClick={() => {
              setWish(one);
            }}
          >
            {t(`wish.${one}.submit`)}
          </Button>
        ))
      }
    >
      <Section>
        <Numbers stock={stock} />
      </Section>
      {(stock.lots ?? []).length > 0 && (
        <Section title={t("lots")} flush>
          <Lots stock={stock} />
        </Section>
      )}
      {stock.is_own && (
        <Section title={t("moves")} flush>
          <Moves filter={{ node_id: nodeId, sku_id: skuId }} isOfOne />
        </Section>
      )}
      {wish && (
        <AdjustDialog
          stock={stock}
          wish={wish}
          onClose={() => {
            setWish(null);
          }}
        />
      )}
    </Page>
  );
}

function Numbers({ stock }: { stock: NodeStock }) {
  const { t } = useT("stock");
  const show = (base: number) => <Quantity base={base} unit={stock.base_unit} />;
  // Of a partner's stock only what is free is told.
  const rest = [
    { label: t("onHand"), base: stock.on_hand },
    { label: t("reserved"), base: stock.reserved },
    { label: t("expiredQuantity"), base: stock.expired },
    { label: t("blocked"), base: stock.blocked },
    { label: t("inTransit"), base: stock.in_transit },
  ].flatMap(({ label, base }) => (base === null ? [] : [{ label, value: show(base) }]));
  return (
    <Facts
      items={[
        { label: t("free"), value: <strong className="lq-large">{show(stock.free)}</strong> },
        ...rest,
        ...(stock.value_minor !== null && stock.currency !== null
          ? [{ label: t("value"), value: <Money minor={stock.value_minor} currency={stock.currency} /> }]
          : []),
        { label: t("asOf"), value: <Instant at={stock.as_of} /> },
      ]}
    />
  );
}

function Lots({ stock }: { stock: NodeStock }) {
  const { t } = useT("stock");
  const [now] = useState(() => Date.now());
  const columns: Column<StockLot>[] = [
    { key: "lot", title: t("lot"), phone: "title", render: (lot) => lot.lot_code ?? t("noLot") },
    { key: "bin", title: t("bin"), render: (lot) => t(`state.${lot.state}`) },
    { key: "expiry", title: t("nextExpiry"), render: (lot) => <Expiry on={lot.expires_on} now={now} /> },
    {
      key: "onHand",
      title: t("onHand"),
      isNumber: true,
      phone: "aside",
      render: (lot) => <Quantity base={lot.on_hand} unit={stock.base_unit} />,
    },
  ];
  return (
    <Listing
      label={t("lots")}
      columns={columns}
      rows={stock.lots ?? []}
      rowKey={(lot) => `${lot.state} ${lot.lot_id ?? ""}`}
    />
  );
}
