import "../parts/approvals.css";

import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Money, Page, Section, Tag } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";
import { Button, Checkbox } from "antd";
import { useState } from "react";

import { JudgedFacts, useRuleName } from "../../../lib/judged-facts";
import { nameOf, pathOf, type ToDo } from "../../../lib/to-do";
import { useKindName } from "../../../lib/use-kind-name";
import { canDecide } from "../api/decide";
import { toDoQuery } from "../api/to-do";
import { DecideDialog } from "../parts/decide-dialog";
import { Delegations } from "../parts/delegations";

/** Everything that waits for this person's decision, whatever it is about; several are decided at once. */
export function ApprovalsPage() {
  const { t } = useT("approvals");
  const pages = usePages(toDoQuery);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [isAccepted, setAccepted] = useState<boolean | null>(null);
  const possible = pages.rows.filter((row) => canDecide(row.kind));
  // What somebody else decided meanwhile is no longer here.
  const items = possible.filter((row) => chosen.has(row.id));
  const choose = (ids: number[], isChosen: boolean) => {
    setChosen(new Set(isChosen ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id))));
  };
  const columns: Column<ToDo>[] = [
    {
      key: "choose",
      title: "",
      phone: "aside",
      width: 40,
      render: (row) =>
        canDecide(row.kind) && (
          <Checkbox
            aria-label={t("choose", { name: nameOf(row) })}
            checked={chosen.has(row.id)}
            onChange={({ target }) => {
              choose([row.id], target.checked);
            }}
          />
        ),
    },
    { key: "what", title: t("what"), phone: "title", render: (row) => <What row={row} /> },
    { key: "why", title: t("why"), render: (row) => <Why row={row} /> },
    { key: "who", title: t("requester"), render: (row) => row.requester_name ?? row.organization_name },
    { key: "at", title: t("requestedAt"), render: (row) => <Instant at={row.requested_at} /> },
    {
      key: "until",
      title: t("expiresAt"),
      render: (row) =>
        row.expires_at ? <Instant at={row.expires_at} /> : <span className="lq-soft">{t("noExpiry")}</span>,
    },
  ];
  return (
    <Page title={t("title")}>
      <Section flush>
        <DataTable
          label={t("title")}
          columns={columns}
          rowKey={(row) => row.id}
          pages={pages}
          toolbar={
            possible.length > 0 && (
              <>
                <Checkbox
                  checked={items.length === possible.length}
                  indeterminate={items.length > 0 && items.length < possible.length}
                  onChange={({ target }) => {
                    choose(
                      possible.map((row) => row.id),
                      target.checked,
                    );
                  }}
                >
                  {t("chooseAll")}
                </Checkbox>
                <Button
                  type="primary"
                  disabled={items.length === 0}
                  onClick={() => {
                    setAccepted(true);
                  }}
                >
                  {t("agree")}
                </Button>
                <Button
                  danger
                  disabled={items.length === 0}
                  onClick={() => {
                    setAccepted(false);
                  }}
                >
                  {t("refuse")}
                </Button>
                {items.length > 0 && <span className="lq-soft">{t("chosen", { count: items.length })}</span>}
              </>
            )
          }
          blank={{ title: t("blank"), hint: t("blankHint") }}
        />
      </Section>
      <Delegations />
      {isAccepted !== null && (
        <DecideDialog
          items={items}
          isAccepted={isAccepted}
          onClose={() => {
            setAccepted(null);
          }}
        />
      )}
    </Page>
  );
}

function What({ row }: { row: ToDo }) {
  const { t } = useT("approvals");
  const kindName = useKindName();
  const { total_minor: total, currency } = row.subject;
  return (
    <span className="lq-stack lq-tight">
      <span className="lq-row">
        <Tag>{kindName(row.kind)}</Tag>
        <To row={row} />
      </span>
      {typeof total === "number" && (
        <Money minor={total} currency={typeof currency === "string" ? currency : "CNY"} tone="strong" />
      )}
      {row.for_name && <Tag tone="info">{t("forName", { name: row.for_name })}</Tag>}
    </span>
  );
}

function To({ row }: { row: ToDo }) {
  const path = pathOf(row);
  if (path === null) return <>{nameOf(row)}</>;
  return (
    <Link to={path} className="lq-link">
      {nameOf(row)}
    </Link>
  );
}

function Why({ row }: { row: ToDo }) {
  const { t } = useT("approvals");
  const ruleName = useRuleName();
  const { rule, facts } = row.subject;
  return (
    <span className="lq-stack lq-tight">
      {typeof rule === "string" && <span>{ruleName(rule)}</span>}
      {typeof facts === "object" && <JudgedFacts facts={facts} />}
      {row.reason && <span>{row.reason}</span>}
      {row.level_count > 1 && (
        <span className="lq-soft lq-small">{t("level", { level: row.level, of: row.level_count })}</span>
      )}
    </span>
  );
}
