import { useT } from "@lingqu/i18n";
import { Tag } from "@lingqu/ui";

import type { Agreement } from "../api/agreements";

/** Where a credit line stands: lending or not, and whether it is past its limit or its day. */
export function CreditState({ agreement }: { agreement: Agreement }) {
  const { t } = useT("credit");
  return (
    <span className="lq-row">
      <Tag tone={agreement.status === "active" ? "good" : "neutral"}>{t(`status.${agreement.status}`)}</Tag>
      {agreement.over_limit_minor > 0 && <Tag tone="bad">{t("overLimit")}</Tag>}
      {agreement.overdue_days > 0 && <Tag tone="warn">{t("overdueDays", { days: agreement.overdue_days })}</Tag>}
    </span>
  );
}
