import { newKey, usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Nothing } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { useListState } from "../../../lib/list-state";
import { deliveriesQuery, type Delivery, type DeliveryFilter, redeliver } from "../api/deliveries";
import { webhooksKey } from "../api/webhooks";
import { DeliveryDrawer } from "./delivery-drawer";
import { useSubjectName } from "./fields";
import { DeliveryTag } from "./state";

/** What a webhook was told and what waits. */
export function Deliveries({ webhook }: { webhook: number }) {
  const { t } = useT("webhooks");
  const nameOf = useSubjectName();
  const queries = useQueryClient();
  const [state, setState] = useListState();
  const pages = usePages(deliveriesQuery(webhook, state as DeliveryFilter));
  const [opened, setOpened] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: (id: string) => redeliver(webhook, id, newKey()),
    onSettled: () => queries.invalidateQueries({ queryKey: webhooksKey }),
  });
  const columns: Column<Delivery>[] = [
    {
      key: "what",
      title: t("event"),
      phone: "title",
      render: (row) => (
        <button
          type="button"
          className="lq-link lq-as-link"
          onClick={() => {
            setOpened(row.id);
          }}
        >
          {nameOf(row.subject)}
        </button>
      ),
    },
    { key: "at", title: t("queuedAt"), sort: "queued_at", render: (row) => <Instant at={row.queued_at} /> },
    { key: "attempts", title: t("attempts"), isNumber: true, render: (row) => row.attempts },
    { key: "problem", title: t("problem"), render: (row) => row.last_problem ?? <Nothing /> },
    { key: "state", title: t("stateLabel"), phone: "aside", render: (row) => <DeliveryTag delivery={row} /> },
    {
      key: "action",
      title: t("action"),
      render: (row) => (
        <Button
          size="small"
          loading={sending.isPending && sending.variables === row.id}
          onClick={() => {
            sending.mutate(row.id);
          }}
        >
          {row.state === "waiting" ? t("sendNow") : t("sendAgain")}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label={t("deliveries")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        state={{ sort: "-queued_at", ...state }}
        onState={setState}
        filters={[
          {
            name: "state",
            label: t("stateLabel"),
            options: (["waiting", "delivered", "failed"] as const).map((value) => ({
              value,
              label: t(`delivery.${value}`),
            })),
          },
        ]}
        blank={{ title: t("noDeliveries"), hint: t("noDeliveriesHint") }}
      />
      {opened && (
        <DeliveryDrawer
          webhook={webhook}
          id={opened}
          onClose={() => {
            setOpened(null);
          }}
        />
      )}
    </>
  );
}
