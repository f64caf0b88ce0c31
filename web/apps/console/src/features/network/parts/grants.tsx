import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Section, Tag } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { productLinesQuery } from "../../../lib/organizations";
import { StepDialog } from "../../../lib/step-dialog";
import {
  CAPABILITIES,
  type Grant,
  type GrantBody,
  grantRight,
  linksKey,
  revokeGrant,
  type TradeLink,
} from "../api/links";

/** What a link allows for which line, what it allowed once, and why it was taken back. */
export function Grants({ link, canChange }: { link: TradeLink; canChange: boolean }) {
  const { t } = useT("links");
  const names = useNames();
  const [revoked, setRevoked] = useState<Grant | null>(null);
  const [isGranting, setGranting] = useState(false);
  const lineOf = (grant: Grant) =>
    grant.product_line_id === null ? t("everyLine") : names(grant.line_zh, grant.line_en);
  const columns: Column<Grant>[] = [
    { key: "capability", title: t("right"), phone: "title", render: (row) => t(`capability.${row.capability}`) },
    { key: "line", title: t("line"), render: lineOf },
    { key: "since", title: t("grantedAt"), render: (row) => <Instant at={row.granted_at} /> },
    {
      key: "until",
      title: t("grantState"),
      phone: "aside",
      render: (row) =>
        row.revoked_at === null ? (
          <Tag tone="good">{t("live")}</Tag>
        ) : (
          <span className="lq-soft">
            {t("revokedAt")} <Instant at={row.revoked_at} />
            {row.revoked_reason && ` · ${row.revoked_reason}`}
          </span>
        ),
    },
    ...(canChange
      ? [
          {
            key: "action",
            title: t("action"),
            phone: "aside" as const,
            render: (row: Grant) =>
              row.revoked_at === null && (
                <Button
                  size="small"
                  aria-label={t("revokeOf", { right: t(`capability.${row.capability}`), line: lineOf(row) })}
                  onClick={() => {
                    setRevoked(row);
                  }}
                >
                  {t("revoke")}
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <Section
      title={t("grants")}
      flush
      extra={
        canChange && (
          <Button
            size="small"
            onClick={() => {
              setGranting(true);
            }}
          >
            {t("grant")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("grants")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={{
          rows: link.grants,
          isLoading: false,
          isLoadingMore: false,
          hasMore: false,
          loadMore: () => undefined,
          error: null,
          reload: () => undefined,
        }}
        blank={{ title: t("noGrants"), hint: t("noGrantsHint") }}
      />
      {isGranting && (
        <GrantDialog
          link={link}
          onClose={() => {
            setGranting(false);
          }}
        />
      )}
      {revoked && (
        <StepDialog<{ reason?: string }>
          changes={linksKey}
          title={t("revokeOf", { right: t(`capability.${revoked.capability}`), line: lineOf(revoked) })}
          submit={t("revoke")}
          isDangerous
          send={({ reason = "" }, key) => revokeGrant(link.id, revoked.id, reason, key)}
          onClose={() => {
            setRevoked(null);
          }}
        >
          <p className="lq-soft">{t("revokeHint")}</p>
          <Form.Item name="reason" label={t("reason")}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </StepDialog>
      )}
    </Section>
  );
}

function GrantDialog({ link, onClose }: { link: TradeLink; onClose: () => void }) {
  const { t } = useT("links");
  const names = useNames();
  const lines = useQuery(productLinesQuery).data?.items ?? [];
  return (
    <StepDialog<{ capability: GrantBody["capability"]; product_line_id?: number }>
      changes={linksKey}
      title={t("grant")}
      submit={t("grant")}
      initial={{ capability: "order" }}
      send={({ capability, product_line_id }, key) =>
        grantRight(link.id, { capability, product_line_id: product_line_id ?? null }, key)
      }
      onClose={onClose}
    >
      <Form.Item name="capability" label={t("right")}>
        <Select options={CAPABILITIES.map((value) => ({ value, label: t(`capability.${value}`) }))} />
      </Form.Item>
      <Form.Item name="product_line_id" label={t("line")} extra={t("linesHint")}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("everyLine")}
          options={lines.map((line) => ({ value: line.id, label: names(line.name_zh, line.name_en) }))}
        />
      </Form.Item>
    </StepDialog>
  );
}
