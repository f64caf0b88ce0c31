import { useT } from "@lingqu/i18n";
import { Section } from "@lingqu/ui";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Button, Form, InputNumber, Select } from "antd";
import { useState } from "react";

import { useMe } from "../../../lib/me";
import { StepDialog } from "../../../lib/step-dialog";
import { buyersQuery } from "../api/choices";
import { type LatePolicy, lateQuery, type NewLatePolicy, rulesKey, setLate } from "../api/rules";

const ACTIONS = ["none", "warn", "hold", "refuse"] as const;

interface Asked {
  /** Null: a buyer is to be chosen. */
  policy: { buyer_id: number | null; name: string; kept?: LatePolicy } | null;
}

/** What happens to buyers who pay late: for everybody, and for some of them. */
export function LatePolicies() {
  const { t } = useT("approvals");
  const { data } = useSuspenseQuery(lateQuery);
  const [asked, setAsked] = useState<Asked | null>(null);
  const all = data.items.find((one) => one.buyer_id === null);
  const rows = [
    { buyer_id: null, name: t("late.everybody"), ...(all ? { kept: all } : {}) },
    ...data.items
      .filter((one) => one.buyer_id !== null)
      .map((one) => ({ buyer_id: one.buyer_id, name: one.buyer_name, kept: one })),
  ];
  return (
    <Section
      title={t("late.title")}
      extra={
        <Button
          onClick={() => {
            setAsked({ policy: null });
          }}
        >
          {t("late.add")}
        </Button>
      }
    >
      <p className="lq-soft">{t("late.hint")}</p>
      <ul className="lq-plain lq-stack">
        {rows.map((row) => (
          <li key={row.buyer_id ?? 0} className="lq-row lq-between">
            <span>
              <strong>{row.name}</strong>{" "}
              <span className="lq-soft">
                {row.kept
                  ? `${t("late.afterDays")} ${String(row.kept.after_days)} · ${t(`late.${row.kept.action}`)}`
                  : t("late.unset")}
              </span>
            </span>
            <Button
              size="small"
              onClick={() => {
                setAsked({ policy: row });
              }}
            >
              {t("late.edit")}
            </Button>
          </li>
        ))}
      </ul>
      {asked && (
        <PolicyDialog
          policies={data.items}
          policy={asked.policy}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </Section>
  );
}

function PolicyDialog({
  policies,
  policy,
  onClose,
}: {
  policies: LatePolicy[];
  policy: Asked["policy"];
  onClose: () => void;
}) {
  const { t } = useT("approvals");
  const me = useMe();
  const [q, setQ] = useState("");
  const buyers = useQuery({ ...buyersQuery(me.organization_id, q), enabled: policy === null }).data?.items ?? [];
  const kept = policy?.kept;
  const versionOf = (buyer: number | null) => policies.find((one) => one.buyer_id === buyer)?.version ?? 0;
  return (
    <StepDialog<NewLatePolicy & { buyer_id: number }>
      changes={rulesKey}
      title={policy?.name ?? t("late.add")}
      submit={t("common:save")}
      initial={{ after_days: kept?.after_days ?? 7, action: kept?.action ?? "warn" }}
      send={({ buyer_id, ...body }) => {
        const buyer = policy === null ? buyer_id : policy.buyer_id;
        return setLate(buyer, body, versionOf(buyer));
      }}
      onClose={onClose}
    >
      {policy === null && (
        <Form.Item name="buyer_id" label={t("late.buyer")} rules={[{ required: true, message: t("common:required") }]}>
          <Select
            showSearch={{ filterOption: false, onSearch: setQ }}
            options={buyers.map((link) => ({ value: link.buyer_id, label: link.buyer_name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="after_days" label={t("late.afterDays")} rules={[{ required: true }]}>
        <InputNumber min={0} max={3650} precision={0} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="action" label={t("late.action")}>
        <Select options={ACTIONS.map((value) => ({ value, label: t(`late.${value}`) }))} />
      </Form.Item>
    </StepDialog>
  );
}
