import { useT } from "@lingqu/i18n";
import { Instant, Section, Tag, type Tone } from "@lingqu/ui";

import { JudgedFacts, useRuleName } from "../../../lib/judged-facts";
import type { Order } from "../api/order";

const TONES: Record<string, Tone> = { waits: "info", passed: "good", warned: "warn" };

/** What the seller's rules said of the order, which of them decided and why, and what people decided then. */
export function Judged({ order }: { order: Order }) {
  const { t } = useT("approvals");
  const ruleName = useRuleName();
  const judgement = order.seller_side?.judgement;
  if (!judgement) return null;
  const decisions = order.seller_side?.approval?.decisions ?? [];
  return (
    <Section title={t("judged")}>
      <div className="lq-row">
        <Tag tone={TONES[judgement.outcome] ?? "neutral"}>{t(`outcome.${judgement.outcome}`)}</Tag>
        <strong>{ruleName(judgement.rule)}</strong>
      </div>
      <JudgedFacts facts={judgement.facts} />
      {judgement.trace.length > 0 && (
        <ol className="lq-small">
          {judgement.trace.map((one) => (
            <li key={one.rule}>
              {one.rule}
              {": "}
              {one.is_winner ? t("won") : t("lost", { condition: t(`condition.${(one.lost_on ?? "") as "amount"}`) })}
            </li>
          ))}
        </ol>
      )}
      {decisions.length > 0 && (
        <ol className="lq-history">
          {decisions.map((one) => (
            <li key={one.level}>
              <div className="lq-row">
                <strong>{one.is_approved ? t("decidedYes") : t("decidedNo")}</strong>
                <span className="lq-soft">
                  {one.for_name === null ? one.user_name : t("byFor", { name: one.user_name, other: one.for_name })}
                </span>
              </div>
              {one.reason && <div>{one.reason}</div>}
              <div className="lq-soft lq-small">
                <Instant at={one.decided_at} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
