import { useT } from "@lingqu/i18n";
import { Instant, Section } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";

import { historyQuery, type Target } from "../api/imports";

/** What was imported before, by whom and when. */
export function History({ kind }: { kind: Target["kind"] }) {
  const { t } = useT("imports");
  const entries = useQuery(historyQuery(kind)).data?.items ?? [];
  if (entries.length === 0) return null;
  return (
    <Section title={t("history")}>
      <ol className="lq-history">
        {entries.map((entry) => {
          const { file_name, row_count } = entry.after as { file_name: string; row_count: number };
          return (
            <li key={entry.id}>
              <strong>{file_name || t("noName")}</strong> · {t("rowCount", { count: row_count })}
              <div className="lq-soft lq-small">
                {entry.actor_name} · <Instant at={entry.recorded_at} />
              </div>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
