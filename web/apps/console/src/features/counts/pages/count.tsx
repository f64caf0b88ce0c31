import "../parts/counts.css";

import { ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Facts, Instant, Page, ProblemAlert, Section } from "@lingqu/ui";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useBlocker, useParams } from "@tanstack/react-router";
import { Alert, App, Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { saveText } from "../../../lib/csv";
import { useMe } from "../../../lib/me";
import { countQuery, countsKey, type CountSheet, enterCount } from "../api/counts";
import { AddLine, type Found } from "../parts/add-line";
import { DropDialog, PostDialog } from "../parts/close-dialogs";
import { type Entries, scanned, stillOpen, summarize, toSend } from "../parts/entries";
import { CountLines } from "../parts/lines";
import { Scan } from "../parts/scan";
import { CountStatus } from "../parts/status";
import { useSheetFile } from "../parts/sheet-file";

/** One count sheet: scan or type what lies there, save, look at the differences, put the stock right. */
export function CountPage() {
  const { t } = useT("counts");
  const { message } = App.useApp();
  const can = useCan();
  const me = useMe();
  const queries = useQueryClient();
  const { countId } = useParams({ from: "/shell/counts/$countId" });
  const { data: sheet } = useSuspenseQuery(countQuery(countId));
  const [entries, setEntries] = useState<Entries>({});
  const [isStale, setStale] = useState(false);
  const [dialog, setDialog] = useState<"post" | "drop" | Found | "add" | null>(null);
  const file = useSheetFile();
  const lines = sheet.lines ?? [];
  const isOpen = sheet.status === "open" && sheet.organization_id === me.organization_id && can("stock.adjust");
  const waiting = toSend(lines, entries);
  const close = () => {
    setDialog(null);
  };
  const show = (found: CountSheet) => {
    queries.setQueryData(countQuery(countId).queryKey, found);
    void queries.invalidateQueries({ queryKey: [...countsKey, "list"] });
    setEntries((before) => stillOpen(found.lines ?? [], before));
  };
  const saving = useMutation({
    mutationFn: () => enterCount(sheet.id, waiting, sheet.version),
    onMutate: () => {
      setStale(false);
    },
    onSuccess: (found) => {
      show(found);
      void message.success(t("common:saved"));
    },
    onError: async (error) => {
      if (!(error instanceof ProblemError)) return;
      if (!error.isStale && error.status !== 409) return;
      // Somebody else counts too: theirs comes in, what was typed here stays to be looked at and saved.
      setStale(error.isStale);
      show(await queries.query({ ...countQuery(countId), staleTime: 0 }));
    },
  });
  useBlocker({
    shouldBlockFn: () => waiting.length > 0 && !window.confirm(t("leave")),
    enableBeforeUnload: () => waiting.length > 0,
  });
  const sums = summarize(lines);
  const problem = saving.error instanceof ProblemError && !isStale ? saving.error.problem : null;
  return (
    <Page
      title={sheet.title}
      back={
        <Link to="/counts" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<CountStatus status={sheet.status} />}
      actions={
        <>
          {isOpen && (
            <>
              <Button
                type="primary"
                disabled={waiting.length === 0}
                loading={saving.isPending}
                onClick={() => {
                  saving.mutate();
                }}
              >
                {t("save", { count: waiting.length })}
              </Button>
              <Button
                disabled={waiting.length > 0 || sums.counted === 0}
                onClick={() => {
                  setDialog("post");
                }}
              >
                {t("post.submit")}
              </Button>
              <Button
                onClick={() => {
                  setDialog("drop");
                }}
              >
                {t("drop.submit")}
              </Button>
            </>
          )}
          <Button
            onClick={() => {
              saveText(`${sheet.title}.csv`, file(sheet));
            }}
          >
            {t("export")}
          </Button>
        </>
      }
    >
      <Section>
        <Facts
          items={[
            { label: t("node"), value: sheet.node_name },
            { label: t("progress"), value: `${sums.counted} / ${lines.length}` },
            { label: t("post.more"), value: sums.more },
            { label: t("post.less"), value: sums.less },
            { label: t("openedAt"), value: <Instant at={sheet.opened_at} /> },
            { label: t("openedBy"), value: sheet.opened_by ?? "—" },
            ...(sheet.closed_at ? [{ label: t("closedAt"), value: <Instant at={sheet.closed_at} /> }] : []),
          ]}
        />
      </Section>
      {isStale && <Alert type="warning" showIcon role="alert" title={t("stale")} description={t("staleHint")} />}
      {problem && <ProblemAlert problem={problem} />}
      {isOpen && (
        <Section
          title={t("scan.title")}
          extra={
            <Button
              size="small"
              onClick={() => {
                setDialog("add");
              }}
            >
              {t("add.title")}
            </Button>
          }
        >
          <Scan
            lines={lines}
            onLine={(line, units) => {
              setEntries((before) => scanned(before, line, units));
            }}
            onStrange={setDialog}
          />
        </Section>
      )}
      <CountLines lines={lines} entries={entries} isOpen={isOpen} onEntries={setEntries} />
      {dialog === "post" && <PostDialog sheet={sheet} onClose={close} />}
      {dialog === "drop" && <DropDialog sheet={sheet} onClose={close} />}
      {dialog !== null && dialog !== "post" && dialog !== "drop" && (
        <AddLine sheet={sheet} found={dialog === "add" ? null : dialog} onClose={close} />
      )}
    </Page>
  );
}
