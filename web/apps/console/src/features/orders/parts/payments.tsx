import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Section } from "@lingqu/ui";

import { useCan } from "../../../lib/access";
import { PaymentList } from "../../../lib/payments/payment-list";
import { paymentsQuery } from "../../../lib/payments/payments";
import type { Order } from "../api/order";

/** What was paid online for an order; where nothing was, nothing is said. */
export function Payments({ order }: { order: Order }) {
  return useCan()("payments.see") && order.buyer_id !== null && <Paid order={order} />;
}

function Paid({ order }: { order: Order }) {
  const { t } = useT("orders");
  const filter = { order_id: order.id };
  const pages = usePages(paymentsQuery(filter));
  if (pages.rows.length === 0 && !pages.error) return null;
  return (
    <Section title={t("onlinePayments")} flush>
      <PaymentList filter={filter} />
    </Section>
  );
}
