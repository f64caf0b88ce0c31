import { useT } from "@lingqu/i18n";
import { Instant, Section, Tag, type Tone } from "@lingqu/ui";
import { Button, Checkbox, Form } from "antd";
import { useState } from "react";

import { StepDialog } from "../../../lib/step-dialog";
import { acceptWork, rejectWork, retryHeld } from "../api/answer-work";
import type { Order } from "../api/order";
import { ordersKey } from "../api/orders";
import { Reason } from "./return-dialog";

type Side = NonNullable<Order["seller_side"]>;
type NodeWork = NonNullable<Side["work"]>[number];

const TONES: Record<string, Tone> = { accepted: "good", rejected: "bad", "timed-out": "warn" };

/** Which warehouse has what of the order to send, whether it takes that on, and what nobody can send. */
export function Work({ order }: { order: Order }) {
  const { t } = useT("orders");
  const [open, setOpen] = useState<{ name: "accept" | "reject" | "retry"; node?: NodeWork } | null>(null);
  const side = order.seller_side;
  const work = side?.work ?? [];
  if (!side || work.length === 0) return null;
  const close = () => {
    setOpen(null);
  };
  return (
    <Section title={t("work.title")}>
      <div className="lq-stack">
        {side.held && (
          <div className="lq-slip" role="status">
            <div className="lq-slip-head">
              <Tag tone="bad">{t("work.held")}</Tag>
              {order.actions.includes("retry") && (
                <Button
                  onClick={() => {
                    setOpen({ name: "retry" });
                  }}
                >
                  {t("action.retry")}
                </Button>
              )}
            </div>
            <p className="lq-soft lq-small">
              {t(`work.cause.${side.held.cause}`)}
              {side.held.reason && `: ${side.held.reason}`} · <Instant at={side.held.held_at} />
            </p>
          </div>
        )}
        {work.map((node) => (
          <div key={node.node_id}>
            <div className="lq-slip-head">
              <strong>{node.node_name}</strong>
              {node.answer && <Tag tone={TONES[node.answer] ?? "neutral"}>{t(`work.answer.${node.answer}`)}</Tag>}
            </div>
            <div className="lq-soft lq-small">
              {node.line_nos.length > 0 && t("work.lines", { numbers: node.line_nos.join(", ") })}
              {node.reason && ` ${node.reason}`}
              {!node.answer && node.line_nos.length > 0 && side.due_at && (
                <>
                  {" "}
                  {t("work.until")} <Instant at={side.due_at} />
                </>
              )}
            </div>
            {node.line_nos.length > 0 &&
              (!node.answer || node.answer === "accepted") &&
              order.actions.includes("reject-work") && (
                <div className="lq-row">
                  {!node.answer && (
                    <Button
                      size="small"
                      onClick={() => {
                        setOpen({ name: "accept", node });
                      }}
                    >
                      {t("action.accept-work")}
                    </Button>
                  )}
                  <Button
                    size="small"
                    onClick={() => {
                      setOpen({ name: "reject", node });
                    }}
                  >
                    {t("action.reject-work")}
                  </Button>
                </div>
              )}
          </div>
        ))}
      </div>
      {open?.name === "accept" && open.node && <Accept id={order.id} node={open.node} onClose={close} />}
      {open?.name === "reject" && open.node && <Reject id={order.id} node={open.node} onClose={close} />}
      {open?.name === "retry" && <Retry id={order.id} onClose={close} />}
    </Section>
  );
}

interface Props {
  id: string;
  node: NodeWork;
  onClose: () => void;
}

function Accept({ id, node, onClose }: Props) {
  const { t } = useT("orders");
  return (
    <StepDialog
      changes={ordersKey}
      title={t("work.accept", { node: node.node_name })}
      submit={t("action.accept-work")}
      send={(_, key) => acceptWork(id, { node_id: node.node_id }, key)}
      onClose={onClose}
    />
  );
}

function Reject({ id, node, onClose }: Props) {
  const { t } = useT("orders");
  return (
    <StepDialog<{ reason: string }>
      changes={ordersKey}
      title={t("work.reject", { node: node.node_name })}
      submit={t("action.reject-work")}
      isDangerous
      send={({ reason }, key) => rejectWork(id, { node_id: node.node_id, reason }, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("work.rejectHint")}</p>
      <Reason />
    </StepDialog>
  );
}

function Retry({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useT("orders");
  return (
    <StepDialog<{ with_all: boolean }>
      changes={ordersKey}
      title={t("work.retry")}
      submit={t("action.retry")}
      initial={{ with_all: false }}
      send={({ with_all }, key) => retryHeld(id, { with_all }, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("work.retryHint")}</p>
      <Form.Item name="with_all" valuePropName="checked">
        <Checkbox>{t("work.withAll")}</Checkbox>
      </Form.Item>
    </StepDialog>
  );
}
