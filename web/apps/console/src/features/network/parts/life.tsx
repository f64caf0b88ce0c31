import { useT } from "@lingqu/i18n";
import { Instant, Section } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";

import { historyQuery } from "../api/organizations";

/** Who took which step in the life of an organization, when and why. */
export function Life({ organization }: { organization: number }) {
  const { t, i18n } = useT("network");
  const history = useQuery(historyQuery(organization)).data;
  const application = history?.application;
  if (!history || (!application && history.steps.length === 0)) return null;
  const nameOf = (step: string) => (i18n.exists(`network:step.${step}`) ? t(`step.${step as "close"}`) : step);
  return (
    <Section title={t("life")}>
      <ol className="lq-history">
        {[...history.steps].reverse().map((step) => (
          <li key={step.id}>
            <div className="lq-row">
              <strong>{nameOf(step.name)}</strong>
              <span className="lq-soft">{step.actor_name}</span>
            </div>
            {step.reason && <div>{step.reason}</div>}
            <div className="lq-soft lq-small">
              <Instant at={step.taken_at} />
            </div>
          </li>
        ))}
        {application && (
          <li>
            <div className="lq-row">
              <strong>{t("applied")}</strong>
              <span className="lq-soft">{application.requester_name}</span>
            </div>
            {application.reason && <div>{application.reason}</div>}
            {application.state === "waiting" && (
              <div className="lq-soft">{t("agreed", { level: application.level, of: application.level_count })}</div>
            )}
            <div className="lq-soft lq-small">
              <Instant at={application.requested_at} />
            </div>
          </li>
        )}
      </ol>
    </Section>
  );
}
