import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, Page, ProblemAlert } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";

/** What stands in place of a page that could not be drawn or loaded. */
export function Crash({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useT();
  const problem = asProblem(error);
  return (
    <Page title={problem.code === "client.bug" ? t("problem.page") : problem.title} width="narrow">
      {problem.code === "client.bug" ? (
        <Blank
          title={t("problem.page")}
          hint={t("problem.pageHint")}
          action={
            <Button
              onClick={() => {
                location.reload();
              }}
            >
              {t("problem.reload")}
            </Button>
          }
        />
      ) : (
        <ProblemAlert problem={problem} onRetry={reset} />
      )}
    </Page>
  );
}

/** An address without a page. */
export function NoPage() {
  const { t } = useT();
  return (
    <Page title={t("problem.noPage")} width="narrow">
      <Blank
        title={t("problem.noPage")}
        hint={t("problem.noPageHint")}
        action={
          <Link to="/" className="lq-link">
            {t("problem.home")}
          </Link>
        }
      />
    </Page>
  );
}
