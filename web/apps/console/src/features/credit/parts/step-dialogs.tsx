import { useT } from "@lingqu/i18n";
import { Form, Input } from "antd";

import { StepDialog } from "../../../lib/step-dialog";
import { type Agreement, creditKey, resumeCredit, suspendCredit } from "../api/agreements";

/** Lend nothing more, with the reason. */
export function SuspendDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const { t } = useT("credit");
  return (
    <StepDialog<{ reason: string }>
      changes={creditKey}
      title={t("suspend.title", { name: agreement.buyer_name })}
      submit={t("suspend.submit")}
      isDangerous
      send={({ reason }, key) => suspendCredit(agreement, reason, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("suspend.hint")}</p>
      <Form.Item
        name="reason"
        label={t("reason")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </StepDialog>
  );
}

/** Lend again up to the limit. */
export function ResumeDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const { t } = useT("credit");
  return (
    <StepDialog
      changes={creditKey}
      title={t("resume.title", { name: agreement.buyer_name })}
      submit={t("resume.submit")}
      send={(_, key) => resumeCredit(agreement, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("resume.hint")}</p>
    </StepDialog>
  );
}
