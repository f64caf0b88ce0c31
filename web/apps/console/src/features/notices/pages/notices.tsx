import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Page, Tag } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";

import { useNames } from "../../../lib/names";
import { type Notice, noticesKey, noticesQuery, readNotice, readNotices } from "../api/notices";
import { ByMail } from "../parts/by-mail";

/** What one was told; opening a notice marks it as read and leads to what it is about. */
export function NoticesPage() {
  const { t } = useT("notices");
  const names = useNames();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const pages = usePages(noticesQuery);
  const again = () => queries.invalidateQueries({ queryKey: noticesKey });
  const reading = useMutation({ mutationFn: readNotice, onSettled: again });
  const readingAll = useMutation({ mutationFn: readNotices, onSettled: again });
  const open = (notice: Notice) => {
    if (notice.read_at === null) reading.mutate(notice.id);
    // Only places of this console.
    if (notice.path.startsWith("/") && !notice.path.startsWith("//")) void navigate({ href: notice.path });
  };
  const columns: Column<Notice>[] = [
    {
      key: "title",
      title: t("what"),
      phone: "title",
      render: (row) => (
        <button
          type="button"
          className={row.read_at === null ? "lq-link lq-as-link" : "lq-as-link"}
          onClick={() => {
            open(row);
          }}
        >
          {names(row.title_zh, row.title_en)}
        </button>
      ),
    },
    { key: "at", title: t("at"), render: (row) => <Instant at={row.told_at} /> },
    {
      key: "read",
      title: t("state"),
      phone: "aside",
      render: (row) => (row.read_at === null ? <Tag tone="info">{t("unread")}</Tag> : <Tag>{t("read")}</Tag>),
    },
  ];
  return (
    <Page
      title={t("title")}
      width="narrow"
      actions={
        pages.rows.some((notice) => notice.read_at === null) && (
          <Button
            loading={readingAll.isPending}
            onClick={() => {
              readingAll.mutate();
            }}
          >
            {t("readAll")}
          </Button>
        )
      }
    >
      <ByMail />
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={open}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
    </Page>
  );
}
