import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, ProblemAlert } from "@lingqu/ui";
import { Alert, Button, Spin } from "antd";

import { saveText } from "../../../lib/csv";
import { useNames } from "../../../lib/names";
import type { RowError } from "../api/imports";
import { divide } from "./rows";
import type { Importing } from "./use-import";

const whole = <Row,>(rows: Row[]) => ({
  rows,
  isLoading: false,
  isLoadingMore: false,
  hasMore: false,
  loadMore: () => undefined,
  error: null,
  reload: () => undefined,
});

/** What the check found row by row, and the way on: import, import what is fine, or take the rest back. */
export function Result({ importing }: { importing: Importing }) {
  const { t } = useT("imports");
  const names = useNames();
  const { file, checking, sending, preview } = importing;
  if (!file) return null;
  const errors = preview?.errors ?? [];
  const reason = ({ column, words }: RowError) => `${column}: ${names(words.zh, words.en)}`;
  const parts = divide(file.text, new Map(errors.map((error) => [error.row, reason(error)])), t("reason"));
  // A missing column is told of the heading: then no row was read.
  const isUnreadable = errors.some((error) => error.row === 1);
  const columns: Column<RowError>[] = [
    { key: "row", title: t("row"), isNumber: true, width: 90, phone: "aside", render: (row) => row.row },
    { key: "column", title: t("column"), phone: "title", render: (row) => <code>{row.column}</code> },
    { key: "reason", title: t("reason"), render: (row) => names(row.words.zh, row.words.en) },
  ];
  return (
    <div className="lq-stack">
      <p className="lq-soft">{file.name}</p>
      {checking.isPending && (
        <p role="status">
          <Spin size="small" /> {t("checking")}
        </p>
      )}
      {checking.error && <ProblemAlert problem={asProblem(checking.error)} onRetry={importing.check} />}
      {sending.error && <ProblemAlert problem={asProblem(sending.error)} />}
      {sending.isSuccess && <Alert type="success" showIcon role="status" title={t("done", { count: sending.data })} />}
      {preview && !sending.isSuccess && (
        <Alert
          showIcon
          role="status"
          type={errors.length > 0 || preview.good_count === 0 ? "warning" : "success"}
          title={
            isUnreadable
              ? t("unreadable")
              : preview.good_count === 0 && errors.length === 0
                ? t("noRows")
                : t("checked", { good: preview.good_count, bad: errors.length })
          }
        />
      )}
      <div className="lq-row">
        {preview && !sending.isSuccess && preview.good_count > 0 && !isUnreadable && (
          <Button
            type="primary"
            loading={sending.isPending}
            onClick={() => {
              importing.send(errors.length > 0 ? parts.good : file.text);
            }}
          >
            {errors.length > 0
              ? t("importGood", { count: preview.good_count })
              : t("importAll", { count: preview.good_count })}
          </Button>
        )}
        {errors.length > 0 && !isUnreadable && (
          <Button
            onClick={() => {
              saveText(`${t("rejected")} ${file.name}`, parts.rejected);
            }}
          >
            {t("takeBack", { count: errors.length })}
          </Button>
        )}
      </div>
      {errors.length > 0 && (
        <DataTable
          label={t("errors")}
          columns={columns}
          rowKey={(row) => `${row.row} ${row.column}`}
          pages={whole(errors)}
          blank={{ title: t("noRows") }}
        />
      )}
    </div>
  );
}
