import { useT } from "@lingqu/i18n";
import { Money } from "@lingqu/ui";

import { useNames } from "../../../lib/names";
import type { Slip } from "../api/sales";
import { changeDue } from "./cash";

/** The slip as it leaves the printer. `received` is known only where it was sold a moment ago. */
export function SlipPaper({ slip, received }: { slip: Slip; received: number | null }) {
  const { t, i18n } = useT("till");
  const names = useNames();
  const money = (minor: number) => <Money minor={minor} currency={slip.currency} />;
  const back = changeDue(slip.total_minor, received);
  return (
    <article className="lq-slip-paper" aria-label={t("slip.title")}>
      <h2>{slip.seller_name}</h2>
      <p className="lq-center">{slip.node_name}</p>
      <dl>
        <Row name={t("sale.number")}>{slip.number}</Row>
        <Row name={t("sale.soldAt")}>{new Date(slip.sold_at).toLocaleString(i18n.language)}</Row>
        {slip.sold_by && <Row name={t("sale.soldBy")}>{slip.sold_by}</Row>}
        {slip.member_name && (
          <Row name={t("sale.member")}>
            {slip.member_name} {slip.member_code}
          </Row>
        )}
      </dl>
      <ul>
        {(slip.lines ?? []).map((line) => (
          <li key={line.line_no}>
            <p>{names(line.name_zh, line.name_en)}</p>
            <div>
              <span>
                {line.packs} {names(line.pack_name_zh, line.pack_name_en)} × {money(line.price_minor)}
              </span>
              {money(line.total_minor)}
            </div>
            {line.returned > 0 && <p>{t("slip.returned", { count: line.returned, unit: line.base_unit })}</p>}
          </li>
        ))}
      </ul>
      <dl>
        {slip.tax_minor !== 0 && <Row name={t("pay.tax")}>{money(slip.tax_minor)}</Row>}
        <div className="lq-slip-total">
          <dt>{t("pay.total")}</dt>
          <dd>{money(slip.total_minor)}</dd>
        </div>
        {slip.tender && <Row name={t("pay.tender")}>{t(`tender.${slip.tender as "cash"}`)}</Row>}
        {back !== null && received !== null && (
          <>
            <Row name={t("pay.received")}>{money(received)}</Row>
            <Row name={t("pay.change")}>{money(back)}</Row>
          </>
        )}
        {slip.refunded_minor > 0 && <Row name={t("sale.refunded")}>{money(-slip.refunded_minor)}</Row>}
      </dl>
      {slip.note && <p className="lq-slip-note">{slip.note}</p>}
      <p className="lq-center">{t("slip.thanks")}</p>
    </article>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
