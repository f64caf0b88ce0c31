import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Money, ProblemAlert, Scroll, Section } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { DatePicker, Skeleton } from "antd";
import dayjs from "dayjs";

import { type DayTotals, totalsQuery } from "../api/sales";

/** What the counter took on a day and gave back, by how it was paid: what must be in the drawer. */
export function Day({ day, onDay }: { day: string | undefined; onDay: (day: string) => void }) {
  const { t } = useT("till");
  const found = useQuery(totalsQuery(day));
  return (
    <Section
      title={t("day.title")}
      extra={
        <DatePicker
          aria-label={t("day.on")}
          inputReadOnly
          allowClear={false}
          value={found.data ? dayjs(found.data.business_on) : null}
          onChange={(chosen) => {
            if (chosen) onDay(chosen.format("YYYY-MM-DD"));
          }}
        />
      }
      flush
    >
      {found.error && <ProblemAlert problem={asProblem(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton active title={false} className="lq-list-wait" />}
      {found.data && <Table totals={found.data} />}
    </Section>
  );
}

function Table({ totals }: { totals: DayTotals }) {
  const { t } = useT("till");
  const money = (minor: number) => <Money minor={minor} currency={totals.currency} />;
  return (
    <Scroll label={t("day.title")}>
      <table className="lq-table lq-day">
        <thead>
          <tr>
            <th scope="col">{t("pay.tender")}</th>
            <th scope="col" className="lq-right">
              {t("day.sales")}
            </th>
            <th scope="col" className="lq-right">
              {t("day.refunds")}
            </th>
            <th scope="col" className="lq-right">
              {t("day.net")}
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.tenders.map((one) => (
            <tr key={one.tender}>
              <th scope="row">{one.tender ? t(`tender.${one.tender as "cash"}`) : t("day.free")}</th>
              <td className="lq-right">
                {money(one.sold_minor)} <span className="lq-soft lq-small">({one.sale_count})</span>
              </td>
              <td className="lq-right">
                {money(-one.refunded_minor || 0)} <span className="lq-soft lq-small">({one.refund_count})</span>
              </td>
              <td className="lq-right">{money(one.sold_minor - one.refunded_minor)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t("pay.total")}</th>
            <td className="lq-right">
              {money(totals.sold_minor)} <span className="lq-soft lq-small">({totals.sale_count})</span>
            </td>
            <td className="lq-right">
              {money(-totals.refunded_minor || 0)} <span className="lq-soft lq-small">({totals.refund_count})</span>
            </td>
            <td className="lq-right lq-strong">{money(totals.sold_minor - totals.refunded_minor)}</td>
          </tr>
        </tbody>
      </table>
    </Scroll>
  );
}
