import { asProblem, newKey } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";

import { rotateSecret, type Webhook, webhooksKey } from "../api/webhooks";
import { Secret } from "./secret";

/** Another secret; the old one signs too for a day. */
export function RotateDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useT("webhooks");
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const rotating = useMutation({
    mutationFn: () => rotateSecret(webhook, key),
    onSuccess: () => queries.invalidateQueries({ queryKey: webhooksKey }),
  });
  return (
    <Modal open footer={null} title={t("rotate")} onCancel={onClose} mask={{ closable: false }}>
      {rotating.data ? (
        <Secret secret={rotating.data.secret} />
      ) : (
        <>
          {rotating.error && <ProblemAlert problem={asProblem(rotating.error)} />}
          <p>{t("rotateHint")}</p>
          <Button
            type="primary"
            loading={rotating.isPending}
            onClick={() => {
              rotating.mutate();
            }}
          >
            {t("rotate")}
          </Button>
        </>
      )}
    </Modal>
  );
}
