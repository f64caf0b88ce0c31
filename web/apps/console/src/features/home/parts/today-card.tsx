import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Money, ProblemAlert, Section } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";

import { todayQuery } from "../api/work";

/** What the own counter took today, for whoever sells at it; before the first sale, how to make it. */
export function TodayCard() {
  const { t } = useT("home");
  const query = useQuery(todayQuery);
  const day = query.data;
  const isQuiet = day?.sale_count === 0 && day.refund_count === 0;
  return (
    <Section
      title={t("today.title")}
      extra={
        <Link to="/till/sales" className="lq-link">
          {t("all")}
        </Link>
      }
      flush
    >
      {query.isPending && <Skeleton active title={false} className="lq-list-wait" />}
      {query.error && <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {isQuiet && <p className="lq-home-blank">{t("today.first")}</p>}
      {day && !isQuiet && (
        <Link to="/till/sales" className="lq-home-item">
          <span>
            <span className="lq-strong">{t("today.sales", { count: day.sale_count })}</span>
            {day.refund_count > 0 && (
              <span className="lq-soft lq-small">
                {t("today.refunds", { count: day.refund_count })}{" "}
                <Money minor={-day.refunded_minor} currency={day.currency} />
              </span>
            )}
          </span>
          <span className="lq-home-money">
            <Money minor={day.sold_minor - day.refunded_minor} currency={day.currency} tone="strong" />
            <span className="lq-soft lq-small">{t("today.taken")}</span>
          </span>
        </Link>
      )}
      {isQuiet && (
        <Link to="/till" className="lq-home-item">
          <span className="lq-strong">{t("today.till")}</span>
          <span aria-hidden="true">→</span>
        </Link>
      )}
    </Section>
  );
}
