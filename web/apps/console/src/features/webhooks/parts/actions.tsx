import { asProblem, newKey, ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, DatePicker, Form } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";

import { StepDialog } from "../../../lib/step-dialog";
import { redeliverAll } from "../api/deliveries";
import {
  changeWebhook,
  moveWebhook,
  type NewWebhook,
  pingWebhook,
  type Webhook,
  type WebhookStep,
  webhooksKey,
} from "../api/webhooks";
import { WebhookFields } from "./fields";
import { RotateDialog } from "./rotate";

type Wish = "edit" | "rotate" | "again" | WebhookStep;

const STEPS: Record<string, WebhookStep> = { pause: "pause", resume: "resumption", close: "closing" };

/** What can be done with a webhook now. */
export function Actions({ webhook, onClosed }: { webhook: Webhook; onClosed: () => void }) {
  const { t } = useT("webhooks");
  const [wish, setWish] = useState<Wish | null>(null);
  const close = () => {
    setWish(null);
  };
  const button = (wanted: Wish, label: string) => (
    <Button
      key={wanted}
      danger={wanted === "closing"}
      onClick={() => {
        setWish(wanted);
      }}
    >
      {label}
    </Button>
  );
  return (
    <>
      <Trial webhook={webhook} />
      {button("edit", t("edit"))}
      {button("rotate", t("rotate"))}
      {button("again", t("sendAllAgain"))}
      {(webhook.steps ?? []).map((step) => STEPS[step] && button(STEPS[step], t(`step.${step as "pause"}`)))}
      {wish === "edit" && <EditDialog webhook={webhook} onClose={close} />}
      {wish === "rotate" && <RotateDialog webhook={webhook} onClose={close} />}
      {wish === "again" && <AgainDialog webhook={webhook} onClose={close} />}
      {(wish === "pause" || wish === "resumption" || wish === "closing") && (
        <StepDialog
          changes={webhooksKey}
          title={t(`moving.${wish}`)}
          submit={t(`moving.${wish}`)}
          isDangerous={wish === "closing"}
          send={async (_, key) => {
            await moveWebhook(webhook, wish, key);
            if (wish === "closing") onClosed();
          }}
          onClose={close}
        >
          <p>{t(`movingHint.${wish}`)}</p>
        </StepDialog>
      )}
    </>
  );
}

function Trial({ webhook }: { webhook: Webhook }) {
  const { t } = useT("webhooks");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const ping = useMutation({
    mutationFn: () => pingWebhook(webhook.id, newKey()),
    onSuccess: () => message.success(t("trialSent")),
    onError: (error) => {
      void message.error(error instanceof ProblemError ? asProblem(error).title : String(error));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: webhooksKey }),
  });
  return (
    <Button
      type="primary"
      loading={ping.isPending}
      disabled={webhook.state !== "active"}
      onClick={() => {
        ping.mutate();
      }}
    >
      {t("sendTrial")}
    </Button>
  );
}

function EditDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useT("webhooks");
  return (
    <StepDialog<NewWebhook>
      changes={webhooksKey}
      title={t("edit")}
      submit={t("common:save")}
      initial={{ url: webhook.url, subjects: webhook.subjects, description: webhook.description }}
      send={(values) => changeWebhook(webhook, values)}
      onClose={onClose}
    >
      <WebhookFields />
    </StepDialog>
  );
}

function AgainDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useT("webhooks");
  return (
    <StepDialog<{ since: Dayjs; isDeliveredToo?: boolean }>
      changes={webhooksKey}
      title={t("sendAllAgain")}
      submit={t("sendAllAgain")}
      send={({ since, isDeliveredToo }, key) =>
        redeliverAll(webhook.id, since.toISOString(), isDeliveredToo ?? false, key)
      }
      onClose={onClose}
    >
      <p>{t("againHint")}</p>
      <Form.Item name="since" label={t("since")} rules={[{ required: true, message: t("common:required") }]}>
        <DatePicker showTime style={{ width: "100%" }} inputReadOnly />
      </Form.Item>
      <Form.Item name="isDeliveredToo" valuePropName="checked">
        <Checkbox>{t("deliveredToo")}</Checkbox>
      </Form.Item>
    </StepDialog>
  );
}
