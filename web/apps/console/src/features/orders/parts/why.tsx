import { useT } from "@lingqu/i18n";
import { Section } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";

import { useCan } from "../../../lib/access";
import type { Order } from "../api/order";
import { type Decisions, whyQuery } from "../api/why";

type Line = Decisions["decisions"][number]["lines"][number];

/** Why this warehouse: for each line the rules in the order in which they were asked, and what they said. */
export function Why({ order }: { order: Order }) {
  const { t } = useT("orders");
  const can = useCan();
  const isShown = order.seller_side?.is_routed === true && can("routing.see");
  const { data } = useQuery({ ...whyQuery(order.id), enabled: isShown });
  if (!isShown || !data) return null;
  const names = new Map(data.nodes.map((node) => [node.id, node.name]));
  const nameOf = (id: number) => names.get(id) ?? String(id);
  return (
    <Section title={t("why.title")}>
      {[...data.decisions].reverse().map((decision) => (
        <div key={decision.attempt} className="lq-stack">
          {decision.cause === "override" && (
            <div className="lq-soft">
              {t("why.byPerson", { name: decision.user_name ?? "", reason: decision.reason })}
            </div>
          )}
          {decision.cause !== "override" && decision.cause !== "placed" && (
            <div className="lq-soft">
              {t(`why.cause.${decision.cause}`)}
              {decision.reason && `: ${decision.reason}`}
            </div>
          )}
          {decision.lines.map((line) => (
            <details key={line.line_no}>
              <summary>
                {t("why.line", { number: line.line_no, node: nameOf(line.node_id) })}
                <span className="lq-soft"> {t(`why.rule.${line.decided_by as "stock"}`)}</span>
              </summary>
              <Steps line={line} nameOf={nameOf} />
            </details>
          ))}
        </div>
      ))}
    </Section>
  );
}

function Steps({ line, nameOf }: { line: Line; nameOf: (id: number) => string }) {
  const { t } = useT("orders");
  return (
    <ol className="lq-small">
      {(line.dropped ?? []).map(([id, why]) => (
        <li key={id}>{t(`why.dropped.${why}`, { node: nameOf(id) })}</li>
      ))}
      {(line.steps ?? []).map((step) => (
        <li key={step.rule}>
          {t(`why.rule.${step.rule}`)}
          {": "}
          {step.node_ids
            .map((id, i) => ({ id, rank: step.ranks[i] ?? null }))
            .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity))
            .map(({ id, rank }) => `${nameOf(id)} ${rank === null ? t("why.silent") : String(rank)}`)
            .join(" · ")}
        </li>
      ))}
    </ol>
  );
}
