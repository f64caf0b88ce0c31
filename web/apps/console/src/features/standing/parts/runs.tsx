import type { Problem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, Day, Section, Tag, type Tone } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import type { StandingDocument } from "../api/standing";

type Run = StandingDocument["runs"][number];

const TONES: Record<Run["state"], Tone> = { waiting: "info", placed: "good", refused: "bad" };

/** What became of each date: its order, or why it was refused. */
export function Runs({ one }: { one: StandingDocument }) {
  const { t } = useT("standing");
  return (
    <Section title={t("runs")}>
      {one.runs.length === 0 && <Blank title={t("noRuns")} hint="" />}
      <ul className="lq-rows">
        {one.runs.map((run) => (
          <li key={run.due_on}>
            <div className="lq-rows-line">
              <Day on={run.due_on} />
              <span className="lq-row">
                {run.order_id && (
                  <Link to="/orders/$orderId" params={{ orderId: run.order_id }} className="lq-link lq-number">
                    {run.order_number ?? t("order")}
                  </Link>
                )}
                <Tag tone={TONES[run.state]}>{t(`run.${run.state}`)}</Tag>
              </span>
            </div>
            {run.state === "refused" && <Why problem={run.problem as Problem} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Why({ problem }: { problem: Problem }) {
  const errors = problem.errors ?? [];
  // Here are no fields that could be marked: what is wrong with them says enough.
  const isOfFields = problem.code === "common.invalid" && errors.length > 0;
  return (
    <div className="lq-soft lq-small">
      {!isOfFields && problem.title}
      {problem.detail && ` ${problem.detail}`}
      {errors.map((error) => (
        <div key={error.path + error.code}>{error.message}</div>
      ))}
    </div>
  );
}
