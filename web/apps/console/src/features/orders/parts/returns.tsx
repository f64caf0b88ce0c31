import { useT } from "@lingqu/i18n";
import { Instant, Money, Quantity, Section, Tag, type Tone } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import type { Order } from "../api/order";
import { packOf } from "./amount-input";
import { ReturnDecisionDialog } from "./decision-dialog";

const TONE: Record<string, Tone> = { requested: "warn", accepted: "good", rejected: "neutral" };

/** Goods asked back, and what the seller decided. */
export function Returns({ order }: { order: Order }) {
  const { t } = useT("orders");
  const names = useNames();
  const [decided, setDecided] = useState<{ id: string; isAccepted: boolean } | null>(null);
  if (order.returns.length === 0) return null;
  return (
    <Section title={t("returns")}>
      <div className="lq-stack">
        {order.returns.map((one) => (
          <article key={one.id} className="lq-slip" aria-label={one.number}>
            <div className="lq-slip-head">
              <span className="lq-row">
                {one.joint_id ? (
                  <Link to="/joint-returns/$returnId" params={{ returnId: one.joint_id }} className="lq-link lq-number">
                    {one.number}
                  </Link>
                ) : (
                  <strong className="lq-number">{one.number}</strong>
                )}
                <Tag tone={TONE[one.status] ?? "neutral"}>{t(`returnStatus.${one.status as "requested"}`)}</Tag>
              </span>
              {one.status === "requested" && !one.joint_id && order.actions.includes("decide-return") && (
                <span className="lq-row">
                  <Button
                    onClick={() => {
                      setDecided({ id: one.id, isAccepted: false });
                    }}
                  >
                    {t("action.reject")}
                  </Button>
                  <Button
                    type="primary"
                    onClick={() => {
                      setDecided({ id: one.id, isAccepted: true });
                    }}
                  >
                    {t("returnDecision.accept")}
                  </Button>
                </span>
              )}
            </div>
            <p className="lq-soft lq-small">
              <Instant at={one.requested_at} /> · {one.reason}
              {one.decision_reason && ` → ${one.decision_reason}`}
              {one.is_supplier_asked && one.status === "requested" && ` · ${t("direct.supplierDecides")}`}
            </p>
            <ul>
              {one.lines.map((line) => {
                const ordered = order.lines.find((candidate) => candidate.line_no === line.line_no);
                return (
                  ordered && (
                    <li key={line.line_no} className="lq-slip-line">
                      <span>{names(ordered.name_zh, ordered.name_en)}</span>
                      <span className="lq-row">
                        <Quantity base={line.quantity} unit={ordered.base_unit} pack={packOf(ordered, names)} />
                        <Money minor={line.refund_minor} currency={order.currency} />
                      </span>
                    </li>
                  )
                );
              })}
            </ul>
          </article>
        ))}
      </div>
      {decided && (
        <ReturnDecisionDialog
          {...decided}
          onClose={() => {
            setDecided(null);
          }}
        />
      )}
    </Section>
  );
}
