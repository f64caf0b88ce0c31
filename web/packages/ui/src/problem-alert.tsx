import { OFFLINE, type Problem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Alert, Button } from "antd";
import type { ReactNode } from "react";

/**
 * What went wrong, in the server's own words, and what can be done. `hidden` are the paths of the field errors that
 * a form shows on its fields already.
 */
export function ProblemAlert({
  problem,
  onRetry,
  hidden,
  action,
}: {
  problem: Problem;
  onRetry?: (() => void) | undefined;
  hidden?: ReadonlySet<string> | undefined;
  action?: ReactNode;
}) {
  const { t } = useT();
  const errors = (problem.errors ?? []).filter((error) => !hidden?.has(error.path));
  const isOurs = problem.status >= 500 || problem.status === 0;
  const title = problem.code === OFFLINE ? t("problem.offline") : problem.title;
  const detail = problem.code === OFFLINE ? t("problem.offlineHint") : problem.detail;
  return (
    <Alert
      className="lq-problem"
      role="alert"
      showIcon
      type={isOurs ? "error" : "warning"}
      title={title}
      description={
        <>
          {detail && <p>{detail}</p>}
          {errors.length > 0 && (
            <ul>
              {errors.map((error) => (
                <li key={error.path + error.code}>{error.message}</li>
              ))}
            </ul>
          )}
          {isOurs && problem.trace_id && <p className="lq-trace">{t("problem.trace", { trace: problem.trace_id })}</p>}
        </>
      }
      action={
        action ??
        (onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("retry")}
          </Button>
        ))
      }
    />
  );
}
