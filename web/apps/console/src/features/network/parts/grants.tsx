import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Instant, Nothing, Section } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";

import { DayInput, today } from "../../../lib/day-input";
import { useNames } from "../../../lib/names";
import { productLinesQuery } from "../../../lib/organizations";
import { StepDialog } from "../../../lib/step-dialog";
import {
  CAPABILITIES,
  type Grant,
  type GrantBody,
  type GrantDays,
  grantRight,
  setGrantDays,
  linksKey,
  revokeGrant,
  type TradeLink,
} from "../api/links";
import { GrantState } from "./status";

/** What a link allows for which line, what it allowed once, and why it was taken back. */
export function Grants({ link, canChange }: { link: TradeLink; canChange: boolean }) {
  const { t } = useT("links");
  const names = useNames();
  const [revoked, setRevoked] = useState<Grant | null>(null);
  const [dated, setDated] = useState<Grant | null>(null);
  const [isGranting, setGranting] = useState(false);
  const lineOf = (grant: Grant) =>
    grant.product_line_id === null ? t("everyLine") : names(grant.line_zh, grant.line_en);
  const columns: Column<Grant>[] = [
    { key: "capability", title: t("right"), phone: "title", render: (row) => t(`capability.${row.capability}`) },
    { key: "line", title: t("line"), render: lineOf },
    { key: "since", title: t("grantedAt"), render: (row) => <Instant at={row.granted_at} /> },
    { key: "days", title: t("grantDays"), render: (row) => <Days of={row} /> },
    {
      key: "until",
      title: t("grantState"),
      phone: "aside",
      render: (row) =>
        row.state === "revoked" && row.revoked_at !== null ? (
          <span className="lq-soft">
            {t("revokedAt")} <Instant at={row.revoked_at} />
            {row.revoked_reason && ` · ${row.revoked_reason}`}
          </span>
        ) : (
          <GrantState state={row.state} />
        ),
    },
    ...(canChange
      ? [
          {
            key: "action",
            title: t("action"),
            phone: "aside" as const,
            render: (row: Grant) =>
              ["live", "planned"].includes(row.state) && (
                <span className="lq-row lq-tight">
                  <Button
                    size="small"
                    aria-label={t("daysOf", { right: t(`capability.${row.capability}`), line: lineOf(row) })}
                    onClick={() => {
                      setDated(row);
                    }}
                  >
                    {t("editDays")}
                  </Button>
                  <Button
                    size="small"
                    aria-label={t("revokeOf", { right: t(`capability.${row.capability}`), line: lineOf(row) })}
                    onClick={() => {
                      setRevoked(row);
                    }}
                  >
                    {t("revoke")}
                  </Button>
                </span>
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
      {dated && (
        <DaysDialog
          link={link}
          grant={dated}
          title={t("daysOf", { right: t(`capability.${dated.capability}`), line: lineOf(dated) })}
          onClose={() => {
            setDated(null);
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
    <StepDialog<{ capability: GrantBody["capability"]; product_line_id?: number } & GrantDays>
      changes={linksKey}
      title={t("grant")}
      submit={t("grant")}
      initial={{ capability: "order" }}
      send={({ capability, product_line_id, valid_from = null, valid_until = null }, key) =>
        grantRight(link.id, { capability, product_line_id: product_line_id ?? null, valid_from, valid_until }, key)
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
      <DayFields from={null} />
    </StepDialog>
  );
}

/** On which days a grant holds; from when it was given, unless it says otherwise. */
function Days({ of: { valid_from, valid_until } }: { of: Grant }) {
  const { t } = useT("links");
  if (valid_from === null && valid_until === null) return <Nothing />;
  return (
    <span className="lq-number">
      {valid_from && <Day on={valid_from} />} {t("until")} {valid_until ? <Day on={valid_until} /> : t("openEnd")}
    </span>
  );
}

/** Another beginning or end; what holds already keeps its beginning. */
function DaysDialog({
  link,
  grant,
  title,
  onClose,
}: {
  link: TradeLink;
  grant: Grant;
  title: string;
  onClose: () => void;
}) {
  const isLive = grant.state === "live";
  const { t } = useT("links");
  return (
    <StepDialog<GrantDays>
      changes={linksKey}
      title={title}
      submit={t("common:save")}
      initial={{ valid_from: grant.valid_from, valid_until: grant.valid_until }}
      send={(days) =>
        setGrantDays(link.id, grant.id, {
          valid_from: isLive ? grant.valid_from : (days.valid_from ?? null),
          valid_until: days.valid_until ?? null,
        })
      }
      onClose={onClose}
    >
      <DayFields from={isLive ? undefined : grant.valid_from} />
    </StepDialog>
  );
}

/** The first and the last day of a grant; `from` undefined: it has begun. */
function DayFields({ from }: { from: string | null | undefined }) {
  const { t } = useT("links");
  return (
    <div className="lq-pair">
      {from !== undefined && (
        <Form.Item name="valid_from" label={t("validFrom")} extra={t("fromHint")}>
          <DayInput min={today()} />
        </Form.Item>
      )}
      <Form.Item name="valid_until" label={t("validUntil")} extra={t("untilHint")}>
        <DayInput min={today()} />
      </Form.Item>
    </div>
  );
}
