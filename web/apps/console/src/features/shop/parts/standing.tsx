import { useT } from "@lingqu/i18n";
import { formatMoney } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";

import { standingQuery } from "../api/standing";

/** Told before ordering: what is overdue and what the seller does about it. */
export function Standing({ seller }: { seller: number }) {
  const { t, i18n } = useT("shop");
  const { data } = useQuery(standingQuery(seller));
  if (!data || data.action === "none") return null;
  const amount = formatMoney(data.overdue_minor, data.currency, i18n.language);
  return (
    <Alert
      className="lq-problem"
      role="alert"
      showIcon
      type={data.action === "refuse" ? "error" : "warning"}
      title={t(`standing.${data.action}`)}
      description={t("standing.detail", { amount, days: data.overdue_days })}
    />
  );
}
