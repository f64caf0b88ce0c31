import { useT } from "@lingqu/i18n";
import { Money, Section, Tag } from "@lingqu/ui";

import type { Order } from "../api/order";

/** What the order costs and who pays from which account. */
export function Totals({ order }: { order: Order }) {
  const { t } = useT("orders");
  const rows = [
    ["goods", order.goods_minor],
    ["discount", -order.discount_minor],
    ["freight", order.freight_minor],
    ["tax", order.tax_minor],
  ] as const;
  const unpaid = order.unpaid_minor ?? 0;
  // Charged to a credit line is settled for the order; for its two sides it is paid once it is repaid.
  const status = order.payment_status === "paid" && unpaid > 0 ? "charged" : (order.payment_status as "held");
  return (
    <Section title={t("money.title")} extra={<Tag>{t(`payment.${status}`)}</Tag>}>
      <dl className="lq-sum">
        {rows
          .filter(([name, minor]) => minor !== 0 || name === "goods")
          .map(([name, minor]) => (
            <div key={name}>
              <dt>{t(`money.${name}`)}</dt>
              <dd>
                <Money minor={minor} currency={order.currency} />
              </dd>
            </div>
          ))}
        <div className="lq-sum-total">
          <dt>{t("total")}</dt>
          <dd>
            <Money minor={order.total_minor} currency={order.currency} tone="strong" />
          </dd>
        </div>
        {order.payments.map((payment) => (
          <div key={payment.account_id}>
            <dt>{t(`account.${payment.account_kind as "prepaid"}`)}</dt>
            <dd className="lq-soft">
              <Money minor={payment.amount_minor} currency={order.currency} />
              {payment.settled_minor > 0 && (
                <>
                  {" · "}
                  {t("money.settled")} <Money minor={payment.settled_minor} currency={order.currency} />
                </>
              )}
              {payment.refunded_minor > 0 && (
                <>
                  {" · "}
                  {t("money.refunded")} <Money minor={payment.refunded_minor} currency={order.currency} />
                </>
              )}
            </dd>
          </div>
        ))}
        {unpaid > 0 && (
          <div>
            <dt>{t("money.unpaid")}</dt>
            <dd>
              <Money minor={unpaid} currency={order.currency} />
            </dd>
          </div>
        )}
        {order.seller_side?.margin_minor != null && (
          <div>
            <dt>{t("money.margin")}</dt>
            <dd>
              <Money minor={order.seller_side.margin_minor} currency={order.currency} />
            </dd>
          </div>
        )}
      </dl>
    </Section>
  );
}
