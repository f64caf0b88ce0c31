import "../parts/home.css";

import { useT } from "@lingqu/i18n";
import { Page } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import { type Right, useCan } from "../../../lib/access";
import { useMe } from "../../../lib/me";
import { ApprovalCard } from "../parts/approval-card";
import { ExpiringCard } from "../parts/expiring-card";
import { MoneyCard } from "../parts/money-card";
import { OrderCard, type Waiting } from "../parts/order-card";
import { OverdueCard } from "../parts/overdue-card";
import { TodayCard } from "../parts/today-card";

const SELLING: (Waiting & { right: Right })[] = [
  { name: "toConfirm", right: "orders.confirm", filter: { side: "selling", status: "placed" } },
  {
    name: "toShip",
    right: "orders.ship",
    filter: { side: "selling", status: "confirmed", fulfilment_status: "none" },
  },
];
const BUYING: (Waiting & { right: Right })[] = [
  { name: "underWay", right: "orders.see", filter: { side: "buying", status: "confirmed" } },
];
const WATCHING: (Waiting & { right: Right })[] = [
  { name: "sellIn", right: "orders.see", filter: { kind: "channel", sort: "-placed_at" } },
];

const WORK: Record<string, (Waiting & { right: Right })[]> = {
  platform: WATCHING,
  brand: WATCHING,
  supplier: [...SELLING, ...WATCHING],
  distributor: [...SELLING, ...BUYING],
  dealer: BUYING,
};
/** Whose late payments each of them has to know. */
const OWING: Record<string, ("granted" | "used" | "all")[]> = {
  brand: ["all"],
  supplier: ["granted"],
  distributor: ["granted", "used"],
  dealer: ["used"],
};
const BUYERS = new Set(["distributor", "dealer"]);

/** What waits for this person today, and the shortest ways to it. */
export function HomePage() {
  const { t } = useT("home");
  const me = useMe();
  const can = useCan();
  const isBuyer = BUYERS.has(me.kind);
  // A shop lives by its counter; a distributor has one beside its orders.
  const isShop = me.kind === "dealer";
  const hasTill = isBuyer && can("orders.sell") && can("orders.see");
  return (
    <Page title={t("hello", { name: me.name })} about={me.organization_name}>
      {isBuyer && can("orders.place") && (
        <Link to="/shop" className="lq-home-shop">
          <span>
            <strong>{t("shop")}</strong>
            <span>{t("shopHint")}</span>
          </span>
          <span aria-hidden="true">→</span>
        </Link>
      )}
      <div className="lq-home">
        <ApprovalCard />
        {isShop && hasTill && <TodayCard />}
        {(WORK[me.kind] ?? [])
          .filter((waiting) => can(waiting.right))
          .map((waiting) => (
            <OrderCard key={waiting.name} waiting={waiting} />
          ))}
        {!isShop && hasTill && <TodayCard />}
        {isBuyer && can("ledger.see") && <MoneyCard />}
        {can("credit.see") && (OWING[me.kind] ?? []).map((side) => <OverdueCard key={side} side={side} />)}
        {can("stock.see") && me.kind !== "platform" && <ExpiringCard />}
      </div>
    </Page>
  );
}
