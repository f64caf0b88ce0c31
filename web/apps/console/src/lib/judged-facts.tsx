import { useT } from "@lingqu/i18n";
import { formatMoney } from "@lingqu/ui";

type Facts = Record<string, unknown>;

/** Why a rule held an order: what it looked at, in words. */
export function JudgedFacts({ facts }: { facts: Facts }) {
  const { t, i18n } = useT("approvals");
  const currency = typeof facts.currency === "string" ? facts.currency : "CNY";
  const number = (name: string) => (typeof facts[name] === "number" ? facts[name] : null);
  const percent = (ppm: number) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(ppm / 1e4);
  const money = (minor: number) => formatMoney(minor, currency, i18n.language);
  const found: string[] = [];
  const discount = number("discount_ppm");
  if (discount !== null && discount > 0) found.push(t("fact.discount", { value: `${percent(discount)}%` }));
  const floor = number("floor_ppm");
  if (floor !== null) found.push(t("fact.floor", { value: `${percent(floor)}%` }));
  const credit = number("credit_ppm");
  if (credit !== null) found.push(t("fact.credit", { value: `${percent(credit)}%` }));
  if (typeof facts.level === "string" && facts.level !== "") found.push(t("fact.level", { value: facts.level }));
  const days = number("overdue_days");
  if (days !== null && days > 0) found.push(t("fact.overdue", { amount: money(number("overdue_minor") ?? 0), days }));
  const limit = number("limit_minor");
  if (limit !== null) found.push(t("fact.limit", { amount: money(limit) }));
  if (found.length === 0) return null;
  return <span className="lq-soft">{found.join(" · ")}</span>;
}

/** What a rule is called: its own name, or what stands behind the two that everybody has. */
export function useRuleName(): (rule: string) => string {
  const { t } = useT("approvals");
  return (rule) => (rule === "link" || rule === "late" || rule === "consent" ? t(`rule.${rule}`) : rule);
}
