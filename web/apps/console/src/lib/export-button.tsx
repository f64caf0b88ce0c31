import { DownloadOutlined } from "@ant-design/icons";
import { asProblem, type PagesQuery } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";

import { type CSVColumn, readAll, saveText, writeCSV } from "./csv";

/** Give the list as it is filtered and sorted now as a file for a spreadsheet, in the reader's language. */
export function ExportButton<Row>({
  name,
  query,
  columns,
}: {
  name: string;
  query: PagesQuery<Row>;
  columns: CSVColumn<Row>[];
}) {
  const { t } = useT();
  const { message } = App.useApp();
  const exporting = useMutation({
    mutationFn: () => readAll(query.fetchPage, new AbortController().signal),
    onSuccess: ({ rows, isWhole }) => {
      const heading = columns.map((column) => column.title);
      saveText(
        `${name}.csv`,
        writeCSV(
          heading,
          rows.map((row) => columns.map((column) => column.text(row))),
        ),
      );
      if (!isWhole) void message.warning(t("export.cut", { count: rows.length }));
    },
    onError: (error) => void message.error(asProblem(error).title),
  });
  return (
    <Button
      icon={<DownloadOutlined />}
      loading={exporting.isPending}
      onClick={() => {
        exporting.mutate();
      }}
    >
      {t("export.button")}
    </Button>
  );
}
