import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";
import { type ReactNode, useState } from "react";

import { useCan } from "../../../lib/access";
import { StepDialog } from "../../../lib/step-dialog";
import { basketsKey, discardBasket, type Offer, releaseBasket, submitBasket, takeBackBasket } from "../api/baskets";
import { toDoQuery } from "../api/to-do";

type Name = "agree" | "refuse" | "takeBack" | "submit" | "discard";

/** What this person may do with a basket now. */
export function BasketActions({ offer }: { offer: Offer }) {
  const { t } = useT("approvals");
  const can = useCan();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Name | null>(null);
  const { draft } = offer;
  // Whether it is this person's decision, the list of what waits for it says.
  const isMine = usePages(toDoQuery).rows.some((one) => one.object_id === draft.id);
  const isWaiting = draft.state === "submitted";
  const names: Name[] = [
    ...(!isWaiting && can("orders.place") ? (["discard", "submit"] as const) : []),
    ...(isWaiting && can("orders.place") ? (["takeBack"] as const) : []),
    ...(isWaiting && isMine ? (["refuse", "agree"] as const) : []),
  ];
  const close = () => {
    setOpen(null);
  };
  const reason = (isRequired: boolean) => (
    <Form.Item
      name="reason"
      label={t("reason")}
      rules={[{ required: isRequired, whitespace: true, message: t("common:required") }]}
    >
      <Input.TextArea rows={2} maxLength={500} />
    </Form.Item>
  );
  const dialogs: Record<Name, () => ReactNode> = {
    agree: () => (
      <StepDialog<{ reason?: string }>
        changes={[]}
        title={t("basket.agreeTitle")}
        submit={t("basket.agree")}
        send={async (values, key) => {
          const body = { is_accepted: true, reason: values.reason ?? "", expected_total_minor: offer.total_minor };
          const { order } = await releaseBasket(draft.id, body, key);
          if (order) await navigate({ to: "/orders/$orderId", params: { orderId: order.id } });
        }}
        onClose={close}
      >
        {reason(false)}
      </StepDialog>
    ),
    refuse: () => (
      <StepDialog<{ reason?: string }>
        changes={[]}
        title={t("basket.refuseTitle")}
        submit={t("basket.refuse")}
        isDangerous
        send={(values, key) => releaseBasket(draft.id, { is_accepted: false, reason: values.reason ?? "" }, key)}
        onClose={close}
      >
        {reason(true)}
      </StepDialog>
    ),
    takeBack: () => (
      <StepDialog
        changes={[]}
        title={t("basket.takeBack")}
        submit={t("basket.takeBack")}
        send={() => takeBackBasket(draft.id)}
        onClose={close}
      >
        <p>{t("basket.takeBackTitle")}</p>
      </StepDialog>
    ),
    submit: () => (
      <StepDialog
        changes={[]}
        title={t("basket.submitTitle")}
        submit={t("basket.submit")}
        send={(_, key) => submitBasket(draft.id, key)}
        onClose={close}
      />
    ),
    discard: () => (
      <StepDialog
        changes={basketsKey.concat("list")}
        title={t("basket.discardTitle")}
        submit={t("basket.discard")}
        isDangerous
        send={async () => {
          await discardBasket(draft.id);
          await navigate({ to: "/baskets" });
        }}
        onClose={close}
      />
    ),
  };
  return (
    <>
      {names.map((name) => (
        <Button
          key={name}
          type={name === "agree" || name === "submit" ? "primary" : "default"}
          onClick={() => {
            setOpen(name);
          }}
        >
          {t(`basket.${name}`)}
        </Button>
      ))}
      {open && dialogs[open]()}
    </>
  );
}
