import { useT } from "@lingqu/i18n";
import { Money } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { useMe } from "../../../lib/me";
import { type Agreement, overdueQuery } from "../api/work";
import { Card } from "./card";

/** Who owes us longer than agreed, whom we do, or who owes whom in the channel; where nobody is late there is no card. */
export function OverdueCard({ side }: { side: "granted" | "used" | "all" }) {
  const { t } = useT("home");
  const me = useMe();
  const query = useQuery(overdueQuery(side, me.organization_id));
  if (!query.error && (query.data?.items ?? []).length === 0) return null;
  return (
    <Card<Agreement>
      title={t(`overdue.${side}`)}
      all={
        <Link to="/credit" search={{ view: side, late: "yes", sort: "-overdue" }} className="lq-link">
          {t("all")}
        </Link>
      }
      query={query}
      itemKey={(one) => String(one.id)}
      blank={t("nothing")}
      render={(one) => (
        <Link to="/credit/$agreementId" params={{ agreementId: one.id }} className="lq-home-item">
          <span>
            <span className="lq-strong">{side === "used" ? one.seller_name : one.buyer_name}</span>
            <span className="lq-soft lq-small">{t("overdue.days", { count: one.overdue_days })}</span>
          </span>
          <Money minor={one.overdue_minor} currency={one.currency} tone="strong" />
        </Link>
      )}
    />
  );
}
