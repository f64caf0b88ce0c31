import { useT } from "@lingqu/i18n";
import { Money, Quantity, Section } from "@lingqu/ui";
import { Alert } from "antd";

import { useNames } from "../../../lib/names";
import type { Plan } from "../api/returns";
import { ByOrder } from "./by-order";

/** Where goods would be booked and what each line brings back, before anything is sent. */
export function PlanView({ plan }: { plan: Plan }) {
  const { t } = useT("returns");
  const names = useNames();
  return (
    <Section
      title={t("plan.title", { count: plan.order_count })}
      extra={<Money minor={plan.refund_minor} currency={plan.currency} tone="strong" />}
    >
      <p className="lq-soft">
        {plan.first === "newest" ? t("plan.newest") : t("plan.oldest")}
        {plan.window_days !== null && ` ${t("plan.window", { count: plan.window_days })}`}
      </p>
      <LeftOut plan={plan} />
      <ByOrder lines={plan.lines}>
        {(line) => (
          <li key={line.line_no} className="lq-slip-line">
            <span>
              {names(line.name_zh, line.name_en)} <span className="lq-soft lq-small">{line.reason}</span>
            </span>
            <span className="lq-row">
              <Quantity base={line.quantity} unit={line.base_unit} />
              <Money minor={line.refund_minor} currency={plan.currency} />
            </span>
          </li>
        )}
      </ByOrder>
    </Section>
  );
}

function LeftOut({ plan }: { plan: Plan }) {
  const { t, i18n } = useT("returns");
  const names = useNames();
  if (plan.left_out.length === 0) return null;
  return (
    <Alert
      className="lq-problem"
      type="warning"
      role="status"
      showIcon
      title={t("plan.leftOut", { count: plan.left_out.length })}
      description={
        <ul>
          {plan.left_out.map((one) => (
            <li key={`${String(one.row)}-${String(one.sku_id)}`}>
              {one.row !== null && one.row !== undefined && (
                <span className="lq-strong">{t("plan.row", { row: one.row })} </span>
              )}
              {names(one.name_zh, one.name_en) || one.text || t("plan.unknown")}
              {": "}
              {i18n.language === "en" ? one.words.en : one.words.zh}
            </li>
          ))}
        </ul>
      }
    />
  );
}
