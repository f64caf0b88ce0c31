import "./faults.css";

import type { components } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Money } from "@lingqu/ui";

export type Fault = components["schemas"]["Fault"];

/** Why something cannot be sold as asked, in the server's words; amounts are written as money. */
export function Faults({ faults, currency }: { faults: Fault[] | undefined; currency: string }) {
  const { t, i18n } = useT("shop");
  return faults?.map((fault) => {
    const facts: Record<string, unknown> = fault.facts;
    return (
      <p key={fault.code} className="lq-fault" role="alert">
        {fault.code === "pricing.below-minimum-amount" ? (
          <>
            {t("leastAmount")} <Money minor={Number(facts.minimum_minor)} currency={currency} />
          </>
        ) : i18n.language === "en" ? (
          fault.words.en
        ) : (
          fault.words.zh
        )}
      </p>
    );
  });
}
