import "../parts/returns.css";

import { useT } from "@lingqu/i18n";
import { Facts, Instant, Money, Page, Quantity, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { type ReturnDocument, returnQuery } from "../api/returns";
import { ByOrder } from "../parts/by-order";
import { DecideDialog } from "../parts/decide-dialog";
import { ReturnState } from "../parts/state";

/** One return over many orders: what was asked, where it was bought, and what became of each line. */
export function ReturnPage() {
  const { t } = useT("returns");
  const { returnId } = useParams({ from: "/shell/joint-returns/$returnId" });
  const { data: document } = useSuspenseQuery(returnQuery(returnId));
  const [decided, setDecided] = useState<boolean | null>(null);
  return (
    <Page
      title={document.number}
      back={
        <Link to="/joint-returns" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<ReturnState status={document.status} />}
      about={`${document.buyer_name} → ${document.seller_name}`}
      actions={
        document.actions.includes("decide-return") && (
          <>
            <Button
              onClick={() => {
                setDecided(false);
              }}
            >
              {t("decide.reject")}
            </Button>
            <Button
              type="primary"
              onClick={() => {
                setDecided(true);
              }}
            >
              {t("decide.accept")}
            </Button>
          </>
        )
      }
    >
      <About document={document} />
      <Lines document={document} />
      {decided !== null && (
        <DecideDialog
          document={document}
          isAccepted={decided}
          onClose={() => {
            setDecided(null);
          }}
        />
      )}
    </Page>
  );
}

function About({ document }: { document: ReturnDocument }) {
  const { t } = useT("returns");
  const asker = document.side === "seller" ? document.seller_name : document.buyer_name;
  const isOpen = document.status === "requested";
  return (
    <Section title={t("about")}>
      <Facts
        items={[
          {
            label: isOpen ? t("toRefund") : t("refund"),
            value: (
              <Money
                minor={isOpen ? document.shown_minor : document.refund_minor}
                currency={document.currency}
                tone="strong"
              />
            ),
          },
          { label: t("askedBy"), value: [document.asked_by_name, asker].filter(Boolean).join(" · ") },
          { label: t("requestedAt"), value: <Instant at={document.requested_at} /> },
          { label: t("why"), value: document.reason },
          ...(document.decided_at
            ? [
                { label: t("decidedBy"), value: document.decided_by_name || "—" },
                { label: t("decidedAt"), value: <Instant at={document.decided_at} /> },
                { label: t("decisionReason"), value: document.decision_reason || "—" },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function Lines({ document }: { document: ReturnDocument }) {
  const { t } = useT("returns");
  const names = useNames();
  return (
    <Section title={t("plan.title", { count: document.order_count })}>
      <ByOrder lines={document.lines}>
        {(line) => (
          <li key={line.line_no} className="lq-slip-line">
            <span>
              {names(line.name_zh, line.name_en)} <span className="lq-soft lq-small">{line.reason}</span>
              {line.decision_reason && <div className="lq-soft lq-small">→ {line.decision_reason}</div>}
            </span>
            <span className="lq-row">
              {line.accepted !== null && line.accepted !== line.quantity && (
                <span className="lq-soft lq-small">{t("takenBack", { count: line.accepted })}</span>
              )}
              <Quantity base={line.quantity} unit={line.base_unit} />
              <Money minor={line.refund_minor} currency={document.currency} />
            </span>
          </li>
        )}
      </ByOrder>
    </Section>
  );
}
