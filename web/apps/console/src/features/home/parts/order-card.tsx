import { useT } from "@lingqu/i18n";
import { Instant, Money } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { useMe } from "../../../lib/me";
import { type OrderSummary, waitingOrdersQuery } from "../api/work";
import { Card } from "./card";

export interface Waiting {
  name: "toConfirm" | "toShip" | "underWay" | "sellIn";
  filter: Record<string, string>;
}

/** Orders that wait for one kind of step. */
export function OrderCard({ waiting }: { waiting: Waiting }) {
  const { t } = useT("home");
  const me = useMe();
  const query = useQuery(waitingOrdersQuery(waiting.filter));
  return (
    <Card<OrderSummary>
      title={t(`orders.${waiting.name}`)}
      all={
        <Link to="/orders" search={{ side: "all", ...waiting.filter }} className="lq-link">
          {t("all")}
        </Link>
      }
      query={query}
      itemKey={(order) => order.id}
      blank={t("nothing")}
      render={(order) => (
        <Link to="/orders/$orderId" params={{ orderId: order.id }} className="lq-home-item">
          <span>
            <span className="lq-strong">{partnerOf(order, me.organization_id)}</span>
            <span className="lq-soft lq-small">
              {order.number ?? t("noNumber")} · <Instant at={order.placed_at} />
            </span>
          </span>
          <Money minor={order.total_minor} currency={order.currency} tone="strong" />
        </Link>
      )}
    />
  );
}

/** The other side; whoever only watches sees both. */
function partnerOf(order: OrderSummary, own: number): string {
  if (order.seller_id === own) return order.buyer_name;
  return order.buyer_id === own ? order.seller_name : `${order.buyer_name} ← ${order.seller_name}`;
}
