import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Nothing, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { type Webhook, webhooksQuery } from "../api/webhooks";
import { NewWebhookDialog } from "../parts/new-webhook";
import { WebhookTag } from "../parts/state";

/** Which other systems are told what happens here. */
export function WebhooksPage() {
  const { t } = useT("webhooks");
  const navigate = useNavigate();
  const pages = usePages(webhooksQuery);
  const [isAdding, setAdding] = useState(false);
  const add = () => {
    setAdding(true);
  };
  const columns: Column<Webhook>[] = [
    {
      key: "url",
      title: t("url"),
      phone: "title",
      render: (row) => (
        <Link to="/webhooks/$webhookId" params={{ webhookId: row.id }} className="lq-link">
          {row.url}
        </Link>
      ),
    },
    { key: "description", title: t("description"), render: (row) => row.description || <Nothing /> },
    { key: "count", title: t("subjects"), isNumber: true, render: (row) => row.subjects.length },
    { key: "waiting", title: t("waiting"), isNumber: true, render: (row) => row.waiting_count },
    { key: "made", title: t("madeAt"), phone: "none", render: (row) => <Instant at={row.made_at} /> },
    { key: "state", title: t("stateLabel"), phone: "aside", render: (row) => <WebhookTag webhook={row} /> },
  ];
  return (
    <Page
      title={t("title")}
      actions={
        <Button type="primary" onClick={add}>
          {t("new")}
        </Button>
      }
    >
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/webhooks/$webhookId", params: { webhookId: row.id } })}
        blank={{ title: t("blank"), hint: t("blankHint") }}
      />
      {isAdding && (
        <NewWebhookDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}
