import { useT } from "@lingqu/i18n";
import { Day, Instant, Money, Quantity, Section, Tag, type Tone } from "@lingqu/ui";
import { Button } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import { answerChange } from "../api/change";
import type { Order, Revision } from "../api/order";
import { ordersKey } from "../api/orders";
import { Reason } from "./return-dialog";

const TONE: Record<Revision["status"], Tone> = {
  proposed: "warn",
  made: "good",
  declined: "neutral",
  withdrawn: "neutral",
  lapsed: "neutral",
};

/** Every change of the order, what it was before and is after, and the one that waits for an answer. */
export function Revisions({ order }: { order: Order }) {
  const { t } = useT("orders");
  const [answered, setAnswered] = useState<{ id: string; isAccepted: boolean } | null>(null);
  if (order.revisions.length === 0) return null;
  const nameOf = (isAccepted: boolean) =>
    isAccepted ? "accept" : order.actions.includes("withdraw-change") ? "withdraw" : "decline";
  return (
    <Section title={t("revisions.title")}>
      <div className="lq-stack">
        {[...order.revisions].reverse().map((one) => (
          <article key={one.id} className="lq-slip" aria-label={t(`revisions.by.${one.side}`)}>
            <div className="lq-slip-head">
              <span className="lq-row">
                <strong>{t(`revisions.by.${one.side}`)}</strong>
                <Tag tone={TONE[one.status]}>{t(`revisions.status.${one.status}`)}</Tag>
              </span>
              {one.status === "proposed" && (
                <Answers
                  order={order}
                  onAnswer={(isAccepted) => {
                    setAnswered({ id: one.id, isAccepted });
                  }}
                />
              )}
            </div>
            <p className="lq-soft lq-small">
              {one.asked_by_name} · <Instant at={one.asked_at} />
              {one.reason && ` · ${one.reason}`}
              {one.decision_reason && ` → ${one.decision_reason}`}
            </p>
            <Differences order={order} revision={one} />
          </article>
        ))}
      </div>
      {answered && (
        <StepDialog<{ reason?: string }>
          changes={ordersKey}
          title={t(answered.isAccepted ? "revisions.yes" : "revisions.no")}
          submit={t(`revisions.${nameOf(answered.isAccepted)}`)}
          isDangerous={!answered.isAccepted}
          send={({ reason = "" }, key) =>
            answerChange(order.id, answered.id, order.version, { is_accepted: answered.isAccepted, reason }, key)
          }
          onClose={() => {
            setAnswered(null);
          }}
        >
          <Reason isRequired={false} />
        </StepDialog>
      )}
    </Section>
  );
}

function Answers({ order, onAnswer }: { order: Order; onAnswer: (isAccepted: boolean) => void }) {
  const { t } = useT("orders");
  const button = (isAccepted: boolean, text: string) => (
    <Button
      type={isAccepted ? "primary" : "default"}
      onClick={() => {
        onAnswer(isAccepted);
      }}
    >
      {text}
    </Button>
  );
  if (order.actions.includes("withdraw-change")) return button(false, t("revisions.withdraw"));
  if (!order.actions.includes("decide-change")) return null;
  return (
    <span className="lq-row">
      {button(false, t("revisions.decline"))}
      {button(true, t("revisions.accept"))}
    </span>
  );
}

/** Only what is different, as before → after. */
function Differences({ order, revision }: { order: Order; revision: Revision }) {
  const { t } = useT("orders");
  const names = useNames();
  const { before, after } = revision;
  const was = new Map(before.lines.map((line) => [line.line_no, line]));
  const addressOf = ({ contact, phone, text }: typeof before.ship_to) =>
    [contact, phone, text].filter(Boolean).join(" ");
  return (
    <ul>
      {after.lines.map((line) => {
        const old = was.get(line.line_no);
        return (
          <li key={line.line_no} className="lq-slip-line">
            <span>{names(line.name_zh, line.name_en)}</span>
            <span className="lq-row">
              <Quantity base={old?.quantity ?? 0} unit={line.base_unit} /> →{" "}
              <Quantity base={line.quantity} unit={line.base_unit} />
              {old && old.price_minor !== line.price_minor && (
                <>
                  <Money minor={old.price_minor} currency={order.currency} /> →{" "}
                  <Money minor={line.price_minor} currency={order.currency} />
                </>
              )}
            </span>
          </li>
        );
      })}
      {before.requested_on !== after.requested_on && (
        <li className="lq-slip-line">
          <span>{t("requestedOn")}</span>
          <span className="lq-row">
            {before.requested_on ? <Day on={before.requested_on} /> : "—"} →{" "}
            {after.requested_on ? <Day on={after.requested_on} /> : "—"}
          </span>
        </li>
      )}
      {addressOf(before.ship_to) !== addressOf(after.ship_to) && (
        <li className="lq-slip-line">
          <span>{t("shipTo")}</span>
          <span>
            {addressOf(before.ship_to) || "—"} → {addressOf(after.ship_to) || "—"}
          </span>
        </li>
      )}
      <li className="lq-slip-line">
        <strong>{t("revisions.payable")}</strong>
        <span className="lq-row">
          <Money minor={before.payable_minor} currency={order.currency} /> →{" "}
          <Money minor={after.payable_minor} currency={order.currency} tone="strong" />
        </span>
      </li>
    </ul>
  );
}
