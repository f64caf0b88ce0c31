import { useT } from "@lingqu/i18n";
import { Facts, Money, Section } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import type { Order } from "../api/order";

type Pair = NonNullable<Order["direct"]>[number];

/** What a supplier sends straight to the buyer, as far as this reader is a party to it. */
export function Direct({ order }: { order: Order }) {
  const { t } = useT("orders");
  const pairs = (order.direct ?? []).filter((pair) => pair.line_nos.length > 0);
  if (pairs.length === 0) return null;
  return (
    <Section title={t("direct.title")}>
      <div className="lq-stack">
        {pairs.map((pair) => (
          <PairFacts key={pair.supplier_id} pair={pair} order={order} />
        ))}
      </div>
    </Section>
  );
}

function PairFacts({ pair, order }: { pair: Pair; order: Order }) {
  const { t } = useT("orders");
  // An order that buys for another one names who gets the goods; one that sells names who sends them.
  const isBuying = order.seller_id === pair.supplier_id;
  const items = [
    { label: t("direct.lines"), value: pair.line_nos.join(", ") },
    ...(pair.order_id
      ? [
          {
            label: t(isBuying ? "direct.sold" : "direct.order"),
            value: (
              <Link to="/orders/$orderId" params={{ orderId: pair.order_id }} className="lq-link">
                {pair.order_number ?? t("direct.noNumber")}
              </Link>
            ),
          },
        ]
      : []),
    ...(typeof pair.fee_minor === "number"
      ? [
          {
            label: t("direct.fee"),
            value: (
              <span>
                <Money minor={pair.fee_minor} currency={order.currency} />{" "}
                <span className="lq-soft">{t("direct.rate", { rate: (pair.fee_ppm ?? 0) / 10_000 })}</span>
              </span>
            ),
          },
        ]
      : []),
  ];
  return (
    <div>
      <p>{isBuying ? t("direct.to", { name: pair.receiver_name }) : t("direct.from", { name: pair.supplier_name })}</p>
      <Facts items={items} />
    </div>
  );
}
