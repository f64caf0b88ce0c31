import type { Problem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Money } from "@lingqu/ui";
import { Alert } from "antd";

/** Balance and credit line do not reach: how much is needed, how much there is. */
export function MoneyShort({ problem, currency }: { problem: Problem; currency: string }) {
  const { t } = useT("shop");
  return (
    <Alert
      className="lq-problem"
      type="warning"
      role="alert"
      showIcon
      title={problem.title}
      description={
        <p>
          {t("money.needed")} <Money minor={Number(problem.facts?.needed_minor)} currency={currency} tone="strong" />,{" "}
          {t("money.available")}{" "}
          <Money minor={Number(problem.facts?.available_minor)} currency={currency} tone="strong" />
        </p>
      }
    />
  );
}
