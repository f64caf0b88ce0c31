import { newKey } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Modal } from "antd";
import { useState } from "react";

import { useFormProblem } from "../../../lib/problem-form";
import { addWebhook, type NewWebhook, webhooksKey } from "../api/webhooks";
import { WebhookFields } from "./fields";
import { Secret } from "./secret";

/** Subscribe an address; the secret that signs is shown once. */
export function NewWebhookDialog({ onClose }: { onClose: () => void }) {
  const { t } = useT("webhooks");
  const queries = useQueryClient();
  const [form] = Form.useForm<NewWebhook>();
  const trouble = useFormProblem(form);
  const [key, setKey] = useState(newKey);
  const adding = useMutation({
    mutationFn: (body: NewWebhook) => addWebhook({ ...body, description: body.description ?? "" }, key),
    onMutate: trouble.clear,
    onError: (error) => {
      // What was refused is not kept under the key; what is corrected is another request.
      setKey(newKey());
      trouble.show(error);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: webhooksKey }),
  });
  return (
    <Modal open footer={null} title={t("new")} onCancel={onClose} mask={{ closable: false }}>
      {adding.data ? (
        <Secret secret={adding.data.secret} />
      ) : (
        <Form<NewWebhook>
          form={form}
          layout="vertical"
          onFinish={(values) => {
            adding.mutate(values);
          }}
        >
          {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
          <WebhookFields />
          <Button type="primary" htmlType="submit" loading={adding.isPending}>
            {t("submit")}
          </Button>
        </Form>
      )}
    </Modal>
  );
}
