import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";
import { type ReactNode, useState } from "react";

import { useCan } from "../../../lib/access";
import { StepDialog } from "../../../lib/step-dialog";
import {
  basketsKey,
  copyBasket,
  describeBasket,
  type Draft,
  type Offer,
  releaseBasket,
  submitBasket,
  takeBackBasket,
} from "../api/baskets";
import { toDoQuery } from "../api/to-do";
import { useDiscard } from "./use-discard";

type Name = "agree" | "refuse" | "takeBack" | "submit" | "edit" | "copy";
const NAME_LENGTH = 60;

/** What this person may do with a basket now. */
export function BasketActions({ draft, offer }: { draft: Draft; offer: Offer | undefined }) {
  const { t } = useT("approvals");
  const can = useCan();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Name | null>(null);
  const discarding = useDiscard(() => void navigate({ to: "/baskets" }));
  // Whether it is this person's decision, the list of what waits for it says.
  const isMine = usePages(toDoQuery).rows.some((one) => one.object_id === draft.id);
  const isWaiting = draft.state === "submitted";
  const mayPlace = can("orders.place");
  const names: Name[] = [
    ...(mayPlace ? (["copy"] as const) : []),
    ...(!isWaiting && mayPlace ? (["edit", "submit"] as const) : []),
    ...(isWaiting && mayPlace ? (["takeBack"] as const) : []),
    ...(isWaiting && isMine ? (["refuse"] as const) : []),
    // Agreed is to a sum; without one there is nothing to agree to.
    ...(isWaiting && isMine && offer ? (["agree"] as const) : []),
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
  const nameField = (isRequired: boolean) => (
    <Form.Item
      name="name"
      label={t("basket.name")}
      rules={[{ required: isRequired, whitespace: isRequired, message: t("common:required") }]}
    >
      <Input maxLength={NAME_LENGTH} />
    </Form.Item>
  );
  const dialogs: Record<Name, () => ReactNode> = {
    agree: () => (
      <StepDialog<{ reason?: string }>
        changes={[]}
        title={t("basket.agreeTitle")}
        submit={t("basket.agree")}
        send={async (values, key) => {
          const body = {
            is_accepted: true,
            reason: values.reason ?? "",
            expected_total_minor: offer?.total_minor ?? null,
          };
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
    edit: () => (
      <StepDialog<{ name: string; note: string }>
        changes={basketsKey}
        title={t("basket.edit")}
        submit={t("common:save")}
        initial={{ name: draft.name, note: draft.content.note ?? "" }}
        send={(values) => describeBasket(draft.id, values, draft.version)}
        onClose={close}
      >
        {nameField(false)}
        <Form.Item name="note" label={t("basket.note")}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      </StepDialog>
    ),
    copy: () => (
      <StepDialog<{ name: string }>
        changes={[...basketsKey, "list"]}
        title={t("basket.copyTitle")}
        submit={t("basket.copy")}
        initial={{ name: t("basket.copyOf", { name: draft.name || draft.seller_name }).slice(0, NAME_LENGTH) }}
        send={async (values, key) => {
          const made = await copyBasket(draft.id, values, key);
          await navigate({ to: "/baskets/$basketId", params: { basketId: made.id } });
        }}
        onClose={close}
      >
        {nameField(true)}
      </StepDialog>
    ),
  };
  return (
    <>
      {!isWaiting && mayPlace && (
        <>
          <Button
            danger
            loading={discarding.isPending}
            onClick={() => {
              discarding.discard(draft);
            }}
          >
            {t("basket.discard")}
          </Button>
          <Button
            onClick={() =>
              void navigate({
                to: "/shop/$sellerId/cart",
                params: { sellerId: draft.seller_id },
                search: { draft: draft.id },
              })
            }
          >
            {t("basket.toCart")}
          </Button>
        </>
      )}
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
