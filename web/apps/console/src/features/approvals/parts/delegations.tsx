import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Section, Tag } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";

import { useMe } from "../../../lib/me";
import { StepDialog } from "../../../lib/step-dialog";
import { colleaguesQuery, delegate, type Delegation, delegationsQuery, revoke } from "../api/delegations";
import { approvalsKey } from "../api/to-do";

interface Values {
  to_user_id: number;
  period: [Dayjs, Dayjs];
  reason: string;
}

/** Who decides for this person, and for whom it decides. */
export function Delegations() {
  const { t } = useT("approvals");
  const me = useMe();
  const pages = usePages(delegationsQuery);
  const [now] = useState(() => Date.now());
  const [isNew, setNew] = useState(false);
  const [revoked, setRevoked] = useState<number | null>(null);
  const columns: Column<Delegation>[] = [
    { key: "from", title: t("from"), phone: "title", render: (row) => row.from_name },
    { key: "to", title: t("to"), phone: "title", render: (row) => `→ ${row.to_name}` },
    {
      key: "period",
      title: t("period"),
      render: (row) => (
        <>
          <Instant at={row.valid_from} /> – <Instant at={row.valid_until} />
        </>
      ),
    },
    { key: "reason", title: t("delegationReason"), render: (row) => row.reason },
    { key: "state", title: t("state"), phone: "aside", render: (row) => <State row={row} now={now} /> },
    {
      key: "revoke",
      title: "",
      phone: "aside",
      render: (row) =>
        row.from_user_id === me.user_id &&
        row.revoked_at === null &&
        Date.parse(row.valid_until) > now && (
          <Button
            size="small"
            onClick={() => {
              setRevoked(row.id);
            }}
          >
            {t("revoke")}
          </Button>
        ),
    },
  ];
  return (
    <Section
      title={t("delegations")}
      flush
      extra={
        <Button
          onClick={() => {
            setNew(true);
          }}
        >
          {t("delegate")}
        </Button>
      }
    >
      <DataTable
        label={t("delegations")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        blank={{ title: t("noDelegations"), hint: t("noDelegationsHint") }}
      />
      {isNew && (
        <NewDelegation
          onClose={() => {
            setNew(false);
          }}
        />
      )}
      {revoked !== null && (
        <StepDialog
          changes={approvalsKey}
          title={t("revoke")}
          submit={t("revoke")}
          send={(_, key) => revoke(revoked, key)}
          onClose={() => {
            setRevoked(null);
          }}
        >
          <p>{t("revokeAsk")}</p>
        </StepDialog>
      )}
    </Section>
  );
}

function State({ row, now }: { row: Delegation; now: number }) {
  const { t } = useT("approvals");
  if (row.revoked_at !== null) return <Tag>{t("revoked")}</Tag>;
  if (Date.parse(row.valid_until) <= now) return <Tag>{t("over")}</Tag>;
  if (Date.parse(row.valid_from) > now) return <Tag tone="info">{t("planned")}</Tag>;
  return <Tag tone="good">{t("active")}</Tag>;
}

function NewDelegation({ onClose }: { onClose: () => void }) {
  const { t } = useT("approvals");
  const colleagues = useQuery(colleaguesQuery).data?.items ?? [];
  const required = [{ required: true, message: t("common:required") }];
  return (
    <StepDialog<Values>
      changes={approvalsKey}
      title={t("delegate")}
      submit={t("delegate")}
      send={({ to_user_id, period: [first, last], reason }, key) =>
        delegate(
          {
            to_user_id,
            valid_from: first.startOf("day").toISOString(),
            valid_until: last.add(1, "day").startOf("day").toISOString(),
            reason,
          },
          key,
        )
      }
      onClose={onClose}
    >
      <p className="lq-soft">{t("delegateHint")}</p>
      <Form.Item name="to_user_id" label={t("to")} rules={required}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={colleagues.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
      <Form.Item name="period" label={t("period")} rules={required}>
        <DatePicker.RangePicker style={{ width: "100%" }} inputReadOnly />
      </Form.Item>
      <Form.Item name="reason" label={t("delegationReason")} rules={[{ ...required[0], whitespace: true }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </StepDialog>
  );
}
