import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Facts, Instant, Money, Nothing, ProblemAlert, Tag } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Drawer, Form, Input, Skeleton } from "antd";
import { useState } from "react";

import { useCan } from "../access";
import { useMe } from "../me";
import { StepDialog } from "../step-dialog";
import {
  cancelPayment,
  giveUpPayment,
  type OnlinePayment,
  paymentQuery,
  type PaymentLog,
  paymentsKey,
  retryPayment,
} from "./payments";
import { PaymentTag } from "./state";

const STEP_TONE = { waiting: "info", done: "good", failed: "bad" } as const;

/** One online payment: where to pay it, its steps, and what a person can do. */
export function PaymentDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useT("payments");
  const { data: log, error } = useQuery(paymentQuery(id));
  return (
    <Drawer open size={520} title={t("one")} onClose={onClose}>
      {error && <ProblemAlert problem={asProblem(error)} />}
      {!log && !error && <Skeleton active />}
      {log && (
        <>
          <About payment={log.payment} />
          <Actions payment={log.payment} />
          <h3>{t("steps")}</h3>
          <Steps log={log} />
        </>
      )}
    </Drawer>
  );
}

function About({ payment }: { payment: OnlinePayment }) {
  const { t } = useT("payments");
  return (
    <Facts
      items={[
        { label: t("stateLabel"), value: <PaymentTag payment={payment} /> },
        {
          label: t("amount"),
          value: <Money minor={payment.amount_minor} currency={payment.currency} tone="strong" />,
        },
        { label: t("buyer"), value: payment.buyer_name },
        { label: t("seller"), value: payment.seller_name },
        {
          label: t("for"),
          value: payment.order_id ? (
            <Link to="/orders/$orderId" params={{ orderId: payment.order_id }} className="lq-link">
              {t("anOrder")}
            </Link>
          ) : (
            t("inAdvance")
          ),
        },
        { label: t("madeAt"), value: <Instant at={payment.made_at} /> },
        { label: t("paidAt"), value: payment.paid_at ? <Instant at={payment.paid_at} /> : <Nothing /> },
        { label: t("reason"), value: payment.reason || <Nothing /> },
      ]}
    />
  );
}

function Actions({ payment }: { payment: OnlinePayment }) {
  const { t } = useT("payments");
  const can = useCan();
  const me = useMe();
  const [wish, setWish] = useState<"cancel" | "retry" | "giveUp" | null>(null);
  const isOurs = payment.buyer_id === me.organization_id && can("payments.pay");
  const close = () => {
    setWish(null);
  };
  const button = (wanted: "cancel" | "retry" | "giveUp") => (
    <Button
      onClick={() => {
        setWish(wanted);
      }}
    >
      {t(`act.${wanted}`)}
    </Button>
  );
  return (
    <p className="lq-row">
      {isOurs && payment.state === "open" && payment.pay_url && (
        <Button type="primary" href={payment.pay_url} target="_blank" rel="noreferrer">
          {t("toPay")}
        </Button>
      )}
      {isOurs && ["opening", "open"].includes(payment.state) && button("cancel")}
      {payment.is_stuck && can("payments.operate") && (
        <>
          {button("retry")}
          {button("giveUp")}
        </>
      )}
      {wish === "cancel" && (
        <StepDialog
          changes={paymentsKey}
          title={t("act.cancel")}
          submit={t("act.cancel")}
          send={(_, key) => cancelPayment(payment.id, key)}
          onClose={close}
        >
          <p>{t("hint.cancel")}</p>
        </StepDialog>
      )}
      {wish === "retry" && (
        <StepDialog
          changes={paymentsKey}
          title={t("act.retry")}
          submit={t("act.retry")}
          send={(_, key) => retryPayment(payment.id, key)}
          onClose={close}
        >
          <p>{t("hint.retry")}</p>
        </StepDialog>
      )}
      {wish === "giveUp" && (
        <StepDialog<{ reason: string }>
          changes={paymentsKey}
          title={t("act.giveUp")}
          submit={t("act.giveUp")}
          isDangerous
          send={({ reason }, key) => giveUpPayment(payment.id, reason, key)}
          onClose={close}
        >
          <p>{payment.state === "refunding" ? t("hint.credit") : t("hint.giveUp")}</p>
          <Form.Item name="reason" label={t("reason")} rules={[{ required: true, message: t("common:required") }]}>
            <Input.TextArea maxLength={500} rows={2} />
          </Form.Item>
        </StepDialog>
      )}
    </p>
  );
}

function Steps({ log }: { log: PaymentLog }) {
  const { t } = useT("payments");
  return (
    <ul className="lq-plain">
      {log.steps.map((step) => (
        <li key={step.name} className="lq-row">
          <Tag tone={STEP_TONE[step.state]}>{t(`stepState.${step.state}`)}</Tag>
          <strong>{t(`step.${step.name}`)}</strong>
          <Instant at={step.done_at ?? step.due_at} />
          {step.problem && <span className="lq-soft">{step.problem}</span>}
        </li>
      ))}
    </ul>
  );
}
