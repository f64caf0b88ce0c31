import { useT } from "@lingqu/i18n";
import { asProblem } from "@lingqu/api";
import { Facts, Instant, Nothing, ProblemAlert, Tag } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Drawer, Skeleton } from "antd";

import { deliveryQuery } from "../api/deliveries";
import { useSubjectName } from "./fields";
import { DeliveryTag } from "./state";

/** One delivery: its body, and each attempt with what was sent and what came back. */
export function DeliveryDrawer({ webhook, id, onClose }: { webhook: number; id: string; onClose: () => void }) {
  const { t } = useT("webhooks");
  const nameOf = useSubjectName();
  const { data: log, error } = useQuery(deliveryQuery(webhook, id));
  return (
    <Drawer open size={640} title={log ? nameOf(log.delivery.subject) : t("deliveries")} onClose={onClose}>
      {error && <ProblemAlert problem={asProblem(error)} />}
      {!log && !error && <Skeleton active />}
      {log && (
        <>
          <Facts
            items={[
              { label: t("stateLabel"), value: <DeliveryTag delivery={log.delivery} /> },
              { label: "webhook-id", value: <code>{log.delivery.event_id}</code> },
              { label: t("queuedAt"), value: <Instant at={log.delivery.queued_at} /> },
              {
                label: t("nextAt"),
                value: log.delivery.state === "waiting" ? <Instant at={log.delivery.due_at} /> : <Nothing />,
              },
            ]}
          />
          <h3>{t("body")}</h3>
          <pre className="lq-log">{JSON.stringify(log.body, null, 2)}</pre>
          <h3>{t("attempts")}</h3>
          {log.attempts.length === 0 && <p className="lq-soft">{t("noAttempts")}</p>}
          {log.attempts.map((attempt) => (
            <details key={attempt.id} className="lq-attempt">
              <summary>
                <Tag tone={attempt.problem === null ? "good" : "bad"}>{attempt.problem ?? String(attempt.status)}</Tag>{" "}
                <Instant at={attempt.started_at} /> · {t("took", { ms: attempt.duration_ms })}
              </summary>
              <pre className="lq-log">{attempt.request}</pre>
              <pre className="lq-log">{attempt.response || "—"}</pre>
            </details>
          ))}
        </>
      )}
    </Drawer>
  );
}
