import { asProblem, usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, ProblemAlert, Section, Tag } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";

import { endSession, type SessionLine, sessionsKey, sessionsQuery } from "../api/sessions";

/** Where one is signed in, and the way to end it from afar. */
export function Sessions() {
  const { t } = useT("profile");
  const pages = usePages(sessionsQuery);
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: endSession,
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  });
  const columns: Column<SessionLine>[] = [
    { key: "device", title: t("device"), render: (row) => deviceOf(row.user_agent) || row.user_agent, phone: "title" },
    { key: "address", title: t("address"), render: (row) => row.address },
    { key: "seen", title: t("seen"), render: (row) => <Instant at={row.seen_at} /> },
    {
      key: "end",
      title: t("action"),
      phone: "aside",
      render: (row) =>
        row.is_current ? (
          <Tag tone="good">{t("thisOne")}</Tag>
        ) : (
          <Button
            size="small"
            loading={end.isPending && end.variables === row.id}
            onClick={() => {
              end.mutate(row.id);
            }}
          >
            {t("endSession")}
          </Button>
        ),
    },
  ];
  return (
    <Section title={t("sessions")} flush>
      {end.error && <ProblemAlert problem={asProblem(end.error)} />}
      <DataTable
        label={t("sessions")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        blank={{ title: t("noSessions") }}
      />
    </Section>
  );
}

/** The browser and system that a user agent names, as far as people know them. */
function deviceOf(agent: string): string {
  const find = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = find([
    [/MicroMessenger/, "WeChat"],
    [/Edg/, "Edge"],
    [/Chrome/, "Chrome"],
    [/Firefox/, "Firefox"],
    [/Safari/, "Safari"],
  ]);
  const system = find([
    [/iPhone|iPad/, "iOS"],
    [/Android/, "Android"],
    [/Windows/, "Windows"],
    [/Mac OS/, "macOS"],
    [/Linux/, "Linux"],
  ]);
  return [browser, system].filter(Boolean).join(" · ");
}
