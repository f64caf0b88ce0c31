import { useT } from "@lingqu/i18n";

import { formatMoney, POINTS } from "./format";

/** An amount of money; the only place that turns minor units into what people read. */
export function Money({ minor, currency, tone }: { minor: number; currency: string; tone?: "strong" | "soft" }) {
  const { t, i18n } = useT();
  const className = ["lq-number", tone && `lq-${tone}`, minor < 0 && "lq-negative"].filter(Boolean).join(" ");
  const written = formatMoney(minor, currency, i18n.language);
  return <span className={className}>{currency === POINTS ? t("points", { number: written }) : written}</span>;
}
