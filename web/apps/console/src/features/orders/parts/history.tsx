import { useT } from "@lingqu/i18n";
import { Instant, Money, Section } from "@lingqu/ui";

import { useRuleName } from "../../../lib/judged-facts";
import type { Order } from "../api/order";

/** Who took which step, when and why; the newest first. */
export function History({ order }: { order: Order }) {
  const { t, i18n } = useT("orders");
  // A step that this console does not know yet is shown by its own name rather than hidden.
  const nameOf = (step: string) => (i18n.exists(`orders:step.${step}`) ? t(`step.${step as "place"}`) : step);
  return (
    <Section title={t("history")}>
      <ol className="lq-history">
        {[...order.steps].reverse().map((step) => (
          <li key={step.taken_at + step.name}>
            <div className="lq-row">
              <strong>{nameOf(step.name)}</strong>
              <span className="lq-soft">
                {typeof step.facts.for_name === "string"
                  ? t("stepFor", { name: step.actor_name, other: step.facts.for_name })
                  : step.actor_name}
              </span>
            </div>
            {typeof step.facts.level === "number" && (
              <div className="lq-soft lq-small">
                {t("stepLevel", { level: step.facts.level, levels: Number(step.facts.levels) })}
              </div>
            )}
            {step.name === "judge-again" && <JudgedAgain facts={step.facts} currency={order.currency} />}
            {step.reason && <div>{step.reason}</div>}
            <div className="lq-soft lq-small">
              <Instant at={step.taken_at} />
            </div>
          </li>
        ))}
        {/* Placing is recorded by the order itself. */}
        <li>
          <div className="lq-row">
            <strong>{t(order.kind === "retail" ? "step.sell" : "step.place")}</strong>
            <span className="lq-soft">
              {order.placed_by_name}
              {order.is_on_behalf && ` · ${order.seller_name} · ${t("onBehalf")}`}
            </span>
          </div>
          <div className="lq-soft lq-small">
            <Instant at={order.placed_at} />
          </div>
        </li>
      </ol>
    </Section>
  );
}

/** What judging a changed order again came to; by which rules only its seller is told. */
function JudgedAgain({ facts, currency }: { facts: Record<string, unknown>; currency: string }) {
  const { t } = useT("orders");
  const ruleName = useRuleName();
  const rules = [facts.rule_before, facts.rule].filter((rule) => typeof rule === "string" && rule !== "") as string[];
  return (
    <div className="lq-soft lq-small">
      {t(`judgedAgain.${String(facts.outcome) as "free"}`)}
      {": "}
      <Money minor={Number(facts.total_before_minor)} currency={currency} /> →{" "}
      <Money minor={Number(facts.total_minor)} currency={currency} />
      {rules.length > 0 && ` · ${rules.map(ruleName).join(" → ")}`}
    </div>
  );
}
