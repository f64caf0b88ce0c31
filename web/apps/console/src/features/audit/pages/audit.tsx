import "../parts/audit.css";

import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Page, Tag, type Tone } from "@lingqu/ui";
import { Button, Select } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { DayInput } from "../../../lib/day-input";
import { ExportButton } from "../../../lib/export-button";
import { useListState } from "../../../lib/list-state";
import { useNames } from "../../../lib/names";
import { type AuditEntry, type AuditFilter, auditQuery } from "../api/audit";
import { type Deed, deedOf, differenceOf, titleOf } from "../parts/difference";
import { Entry } from "../parts/entry";
import { KINDS } from "../parts/kinds";
import { useAuditNames } from "../parts/names";
import { ObjectLink } from "../parts/object-link";
import { PersonSelect } from "../parts/person-select";
import { spanOf } from "../parts/span";

const TONE: Record<Deed, Tone> = { made: "good", changed: "info", removed: "bad" };
const SHOWN_FIELDS = 3;

/** Who changed what, when, from what to what. */
export function AuditPage() {
  const { t } = useT("audit");
  const names = useNames();
  const can = useCan();
  const { kindOf, fieldOf, channelOf, comma } = useAuditNames();
  const [state, setState] = useListState();
  const [shown, setShown] = useState<AuditEntry | null>(null);
  const { since, until, user_id, kind, object_id, sort } = state;
  const filter: AuditFilter = {
    ...spanOf(since, until),
    ...(user_id ? { user_id: Number(user_id) } : {}),
    ...(kind ? { kind } : {}),
    ...(object_id ? { object_id } : {}),
    ...(sort ? { sort } : {}),
  };
  const pages = usePages(auditQuery(filter));
  const summary = (row: AuditEntry) => {
    const fields = differenceOf(row).map((one) => fieldOf(one.field));
    return fields.slice(0, SHOWN_FIELDS).join(comma) + (fields.length > SHOWN_FIELDS ? " …" : "");
  };
  const columns: Column<AuditEntry>[] = [
    {
      key: "at",
      title: t("at"),
      sort: "recorded_at",
      render: (row) => <Instant at={row.recorded_at} />,
    },
    {
      key: "object",
      title: t("object"),
      phone: "title",
      render: (row) => (
        <div>
          <div className="lq-soft lq-small">{kindOf(row.kind)}</div>
          <ObjectLink kind={row.kind} id={row.object_id}>
            {titleOf(row, names) ?? undefined}
          </ObjectLink>
        </div>
      ),
    },
    {
      key: "deed",
      title: t("deedLabel"),
      phone: "aside",
      render: (row) => <Tag tone={TONE[deedOf(row)]}>{t(`deed.${deedOf(row)}`)}</Tag>,
    },
    { key: "fields", title: t("fields"), render: summary },
    { key: "who", title: t("who"), render: (row) => row.actor_name },
    {
      key: "more",
      title: t("action"),
      phone: "aside",
      render: (row) => (
        <Button
          size="small"
          onClick={() => {
            setShown(row);
          }}
        >
          {t("show")}
        </Button>
      ),
    },
  ];
  return (
    <Page title={t("title")} about={t("about")}>
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={setShown}
        state={{ sort: "-recorded_at", ...state }}
        onState={setState}
        toolbar={
          <>
            <Select
              allowClear
              aria-label={t("kindLabel")}
              placeholder={t("kindLabel")}
              className="lq-toolbar-filter"
              popupMatchSelectWidth={false}
              showSearch={{ optionFilterProp: "label" }}
              options={KINDS.map((value) => ({ value, label: kindOf(value) }))}
              value={kind ?? null}
              onChange={(chosen: string | null | undefined) => {
                setState({ kind: chosen ?? "", object_id: "" });
              }}
            />
            {can("users.see") && (
              <PersonSelect
                value={user_id}
                onChange={(id) => {
                  setState({ user_id: id });
                }}
              />
            )}
            <DayInput
              label={t("since")}
              value={since}
              onChange={(day) => {
                setState({ since: day ?? "" });
              }}
            />
            <DayInput
              label={t("until")}
              value={until}
              min={since}
              onChange={(day) => {
                setState({ until: day ?? "" });
              }}
            />
            {object_id && (
              <Button
                onClick={() => {
                  setState({ object_id: "" });
                }}
              >
                {t("onlyObject", { id: object_id })} ✕
              </Button>
            )}
            <ExportButton
              name={t("title")}
              query={auditQuery({ ...filter, limit: 200 })}
              columns={[
                { title: t("at"), text: (row) => row.recorded_at },
                { title: t("who"), text: (row) => row.actor_name },
                { title: t("kindLabel"), text: (row) => kindOf(row.kind) },
                { title: t("object"), text: (row) => titleOf(row, names) },
                { title: t("number"), text: (row) => row.object_id },
                { title: t("deedLabel"), text: (row) => t(`deed.${deedOf(row)}`) },
                { title: t("fields"), text: (row) => differenceOf(row).map(told(fieldOf)).join("; ") },
                { title: t("channel"), text: (row) => channelOf(row.channel) },
                { title: t("trace"), text: (row) => row.trace_id },
              ]}
            />
          </>
        }
        filters={[]}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
      {shown && (
        <Entry
          entry={shown}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </Page>
  );
}

/** A difference as one sentence of a file. */
function told(fieldOf: (field: string) => string) {
  const say = (value: unknown) => (value === null || value === undefined ? "" : JSON.stringify(value));
  return (one: { field: string; before: unknown; after: unknown }) =>
    `${fieldOf(one.field)}: ${say(one.before)} → ${say(one.after)}`;
}
