import "../parts/standing.css";

import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Day, Facts, Page, ProblemAlert, Section } from "@lingqu/ui";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { EditForm } from "../../../lib/edit-form";
import { useNames } from "../../../lib/names";
import {
  endStanding,
  oneStandingQuery,
  replaceStanding,
  type StandingContent,
  type StandingDocument,
  standingKey,
} from "../api/standing";
import { Fields } from "../parts/fields";
import { RhythmText } from "../parts/rhythm-text";
import { Runs } from "../parts/runs";
import { StandingState } from "../parts/state";
import { changed, contentOf, type Values, valuesOf } from "../parts/values";

/** How many dates to come are shown before somebody asks for more. */
const SHOWN = 4;

/** One standing order: when, what, the dates to come and what became of those that were. */
export function StandingPage() {
  const { t } = useT("standing");
  const can = useCan();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const { standingId } = useParams({ from: "/shell/standing/$standingId" });
  const { data: one } = useSuspenseQuery(oneStandingQuery(standingId));
  const [isEditing, setEditing] = useState(false);
  const reread = () => queries.invalidateQueries({ queryKey: standingKey });
  const changing = useMutation({
    mutationFn: (change: Partial<StandingContent>) => replaceStanding(one.id, changed(one, change), one.version),
    onSettled: reread,
  });
  const ending = useMutation({ mutationFn: () => endStanding(one.id), onSettled: reread });
  const mayChange = one.side === "buyer" && one.state !== "ended" && can("orders.place");
  const problem = changing.error ?? ending.error;
  return (
    <Page
      title={one.name}
      back={
        <Link to="/standing" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<StandingState state={one.state} />}
      actions={
        mayChange && (
          <>
            {!isEditing && (
              <Button
                onClick={() => {
                  setEditing(true);
                }}
              >
                {t("edit")}
              </Button>
            )}
            <Button
              loading={changing.isPending}
              onClick={() => {
                changing.mutate({ is_paused: !one.is_paused });
              }}
            >
              {one.is_paused ? t("resume") : t("pause")}
            </Button>
            <Button
              danger
              onClick={() => {
                modal.confirm({
                  title: t("endAsk"),
                  okText: t("end"),
                  cancelText: t("common:cancel"),
                  onOk: () => ending.mutateAsync(),
                });
              }}
            >
              {t("end")}
            </Button>
          </>
        )
      }
    >
      {problem && <ProblemAlert problem={asProblem(problem)} />}
      <div className="lq-columns">
        <div className="lq-stack">
          {isEditing && (
            <Edit
              one={one}
              onClose={() => {
                setEditing(false);
              }}
            />
          )}
          <Coming
            one={one}
            isBusy={changing.isPending}
            {...(mayChange
              ? {
                  onSkip: (day: string) => {
                    changing.mutate({ skipped_on: [...one.skipped_on, day] });
                  },
                }
              : {})}
          />
          <Runs one={one} />
        </div>
        <div className="lq-stack">
          <About one={one} />
          <Lines one={one} />
        </div>
      </div>
    </Page>
  );
}

function Edit({ one, onClose }: { one: StandingDocument; onClose: () => void }) {
  const { t } = useT("standing");
  const queries = useQueryClient();
  return (
    <Section title={t("edit")}>
      <EditForm<Values>
        record={{ ...valuesOf(one), version: one.version }}
        fields={[
          { name: "name", label: t("name") },
          { name: "weekdays", label: t("weekdays"), show: String },
          { name: "every_weeks", label: t("everyWeeks") },
          { name: "month_days", label: t("monthDays"), show: String },
          { name: "starts_on", label: t("startsOn") },
          { name: "ends_on", label: t("endsOn") },
          { name: "lead_days", label: t("leadDays") },
        ]}
        save={(values, version) =>
          replaceStanding(
            one.id,
            changed(one, {
              ...contentOf(values),
              wishes: { ...one.wishes, po_number: values.po_number, note: values.note },
            }),
            version,
          )
        }
        reload={async () => {
          const read = await queries.query({ ...oneStandingQuery(one.id), staleTime: 0 });
          return { ...valuesOf(read), version: read.version };
        }}
        onSaved={onClose}
        onCancel={onClose}
      >
        <Fields />
      </EditForm>
    </Section>
  );
}

function Coming({ one, isBusy, onSkip }: { one: StandingDocument; isBusy: boolean; onSkip?: (day: string) => void }) {
  const { t } = useT("standing");
  const [isWhole, setWhole] = useState(false);
  if (one.upcoming.length === 0) return null;
  return (
    <Section title={t("coming")}>
      <ul className="lq-rows">
        {one.upcoming.slice(0, isWhole ? undefined : SHOWN).map((day) => (
          <li key={day} className="lq-rows-line">
            <Day on={day} />
            {onSkip && (
              <Button
                size="small"
                aria-label={`${t("skip")} ${day}`}
                disabled={isBusy}
                onClick={() => {
                  onSkip(day);
                }}
              >
                {t("skip")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!isWhole && one.upcoming.length > SHOWN && (
        <Button
          type="link"
          onClick={() => {
            setWhole(true);
          }}
        >
          {t("allDays", { count: one.upcoming.length })}
        </Button>
      )}
    </Section>
  );
}

function About({ one }: { one: StandingDocument }) {
  const { t } = useT("standing");
  const items = [
    {
      label: one.side === "buyer" ? t("seller") : t("buyer"),
      value: one.side === "buyer" ? one.seller_name : one.buyer_name,
    },
    { label: t("rhythm"), value: <RhythmText rhythm={one.rhythm} /> },
    { label: t("startsOn"), value: <Day on={one.starts_on} /> },
    ...(one.ends_on ? [{ label: t("endsOn"), value: <Day on={one.ends_on} /> }] : []),
    { label: t("leadDays"), value: one.lead_days },
    { label: t("zone"), value: one.time_zone },
    ...(one.template_name ? [{ label: t("linesFrom"), value: one.template_name }] : []),
    ...(one.wishes?.po_number ? [{ label: t("poNumber"), value: one.wishes.po_number }] : []),
    ...(one.wishes?.note ? [{ label: t("note"), value: one.wishes.note }] : []),
  ];
  return (
    <Section title={t("about")}>
      <Facts items={items} />
    </Section>
  );
}

function Lines({ one }: { one: StandingDocument }) {
  const { t } = useT("standing");
  const names = useNames();
  return (
    <Section title={t("lines")}>
      <ul className="lq-rows">
        {one.lines.map((line) => (
          <li key={line.pack_id} className="lq-rows-line">
            <span>{names(line.name_zh, line.name_en)}</span>
            <span className="lq-number">
              {line.packs} {names(line.pack_name_zh, line.pack_name_en)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
