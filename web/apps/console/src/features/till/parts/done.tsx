import { useT } from "@lingqu/i18n";
import { Money, Section } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";

import { changeDue } from "./cash";
import type { Done } from "./use-selling";

/** Sold: what goes back to the customer, the slip, and the next one. */
export function DonePanel({ done, onNext }: { done: Done; onNext: () => void }) {
  const { t } = useT("till");
  const { sold, unsent } = done;
  const back = changeDue(sold.total_minor, unsent.received_minor);
  return (
    <Section title={t("done.title")}>
      <div className="lq-done" role="status">
        <dl className="lq-sum">
          <div>
            <dt>{t("pay.total")}</dt>
            <dd>
              <Money minor={sold.total_minor} currency={sold.currency} tone="strong" />
            </dd>
          </div>
          {back !== null && unsent.received_minor !== null && (
            <>
              <div>
                <dt>{t("pay.received")}</dt>
                <dd>
                  <Money minor={unsent.received_minor} currency={sold.currency} />
                </dd>
              </div>
              <div className="lq-sum-total lq-done-change">
                <dt>{t("pay.change")}</dt>
                <dd>
                  <Money minor={back} currency={sold.currency} tone="strong" />
                </dd>
              </div>
            </>
          )}
        </dl>
        <div className="lq-row">
          <Button type="primary" size="large" autoFocus onClick={onNext}>
            {t("done.next")}
          </Button>
          <Link
            to="/till/sales/$saleId"
            params={{ saleId: sold.id }}
            search={unsent.received_minor === null ? {} : { received: String(unsent.received_minor) }}
            className="lq-link"
          >
            {t("done.slip")}
          </Link>
        </div>
      </div>
    </Section>
  );
}
