import { useT } from "@lingqu/i18n";
import { Money, Scroll, Section } from "@lingqu/ui";

import type { PlanDocument, PlanSummary } from "../api/plans";

const SIDES = ["nothing", "greedy", "plan"] as const;
const AMOUNTS = ["cost_minor", "way_minor", "later_minor", "split_minor", "late_minor"] as const;
const COUNTS = ["km", "place_count", "part_count", "unit_count", "owed_units", "line_count", "order_count"] as const;

/** The plan beside greedy and beside doing nothing. */
export function Figures({ plan, summary }: { plan: PlanDocument; summary: PlanSummary }) {
  const { t, i18n } = useT("plans");
  const number = new Intl.NumberFormat(i18n.language);
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 2 });
  return (
    <Section title={t("figures.title")}>
      <p>
        {t("figures.bound")} <Money minor={summary.bound_minor} currency={plan.currency} />
        {" · "}
        {summary.gap_ppm === 0
          ? t("figures.best")
          : t("figures.gap", { gap: percent.format(summary.gap_ppm / 1_000_000) })}
        {" · "}
        {t("figures.time", { seconds: number.format(summary.solve_ms / 1000) })}
      </p>
      <Scroll label={t("figures.title")}>
        <table className="lq-table">
          <thead>
            <tr>
              <th scope="col">{t("figures.what")}</th>
              {SIDES.map((side) => (
                <th key={side} scope="col" className="lq-right">
                  {t(`figures.side.${side}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {AMOUNTS.map((name) => (
              <tr key={name}>
                <th scope="row">{t(`figures.${name}`)}</th>
                {SIDES.map((side) => (
                  <td key={side} className="lq-right">
                    <Money
                      minor={summary[side][name] ?? 0}
                      currency={plan.currency}
                      {...(name === "cost_minor" ? { tone: "strong" as const } : {})}
                    />
                  </td>
                ))}
              </tr>
            ))}
            {COUNTS.map((name) => (
              <tr key={name}>
                <th scope="row">{t(`figures.${name}`)}</th>
                {SIDES.map((side) => (
                  <td key={side} className="lq-right lq-number">
                    {number.format(summary[side][name] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="lq-soft lq-small">
        {t("figures.weights")} <Money minor={summary.late_minor} currency={plan.currency} />
        {" · "}
        {t("figures.split_minor")} <Money minor={summary.split_minor} currency={plan.currency} />
        {plan.left_out > 0 && ` · ${t("figures.leftOut", { count: plan.left_out })}`}
      </p>
    </Section>
  );
}
