import "../parts/orders.css";

import { useT } from "@lingqu/i18n";
import { Day, Facts, Instant, Page, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";

import { type Order, orderQuery } from "../api/order";
import { Actions } from "../parts/actions";
import { Direct } from "../parts/direct";
import { History } from "../parts/history";
import { Judged } from "../parts/judged";
import { Lines } from "../parts/lines";
import { Payments } from "../parts/payments";
import { sendersOf } from "../parts/sender";
import { Returns } from "../parts/returns";
import { Shipments } from "../parts/shipments";
import { Revisions } from "../parts/revisions";
import { OrderState } from "../parts/state";
import { Totals } from "../parts/totals";
import { Why } from "../parts/why";
import { Work } from "../parts/work";

/** One order: where it stands, what can be done, and everything that happened. */
export function OrderPage() {
  const { t } = useT("orders");
  const { orderId } = useParams({ from: "/shell/orders/$orderId" });
  const { data: order } = useSuspenseQuery(orderQuery(orderId));
  // What has to be received comes before what was ordered: that is why its buyer is here.
  const isArriving = order.actions.includes("receive");
  return (
    <Page
      title={order.number ?? t("noNumber")}
      back={
        <Link to="/orders" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<OrderState order={order} />}
      actions={<Actions order={order} />}
      about={
        order.kind === "retail" && (
          <Link to="/till/sales/$saleId" params={{ saleId: order.id }} className="lq-link">
            {t("slip")}
          </Link>
        )
      }
    >
      <div className="lq-columns">
        <div className="lq-stack">
          {isArriving && <Shipments order={order} />}
          <Section title={t("lines")} flush>
            <Lines order={order} />
          </Section>
          {!isArriving && <Shipments order={order} />}
          <Returns order={order} />
          <Payments order={order} />
          <Revisions order={order} />
        </div>
        <div className="lq-stack">
          <Totals order={order} />
          <About order={order} />
          <Direct order={order} />
          <Work order={order} />
          <Judged order={order} />
          <Why order={order} />
          <History order={order} />
        </div>
      </div>
    </Page>
  );
}

function About({ order }: { order: Order }) {
  const { t } = useT("orders");
  const { contact, phone, text } = order.ship_to;
  const address = [contact, phone, text].filter(Boolean).join(" ");
  const { warehouse, suppliers } = sendersOf(order);
  const note = order.buyer_side?.note ?? order.seller_side?.note;
  const items = [
    { label: t("buyer"), value: order.buyer_name || t("walkIn") },
    { label: t("seller"), value: order.seller_name },
    { label: t("placedAt"), value: <Instant at={order.placed_at} /> },
    {
      label: t("placedBy"),
      value: order.is_on_behalf ? `${order.placed_by_name} · ${t("onBehalf")}` : order.placed_by_name || t("bySystem"),
    },
    ...(warehouse === null ? [] : [{ label: t("shipFrom"), value: warehouse }]),
    ...suppliers.map((name) => ({
      label: t("direct.sender"),
      value: t(order.side === "buyer" ? "direct.sends" : "direct.from", { name }),
    })),
    ...(address ? [{ label: t("shipTo"), value: address }] : []),
    ...(order.requested_on ? [{ label: t("requestedOn"), value: <Day on={order.requested_on} /> }] : []),
    ...(order.expires_at ? [{ label: t("expiresAt"), value: <Instant at={order.expires_at} /> }] : []),
    ...(order.buyer_side?.po_number ? [{ label: t("poNumber"), value: order.buyer_side.po_number }] : []),
    ...(note ? [{ label: t("note"), value: note }] : []),
  ];
  return (
    <Section title={t("about")}>
      <Facts items={items} />
    </Section>
  );
}
