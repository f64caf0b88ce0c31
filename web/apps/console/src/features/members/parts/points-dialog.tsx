import { useT } from "@lingqu/i18n";
import { Form, Input, InputNumber } from "antd";

import { StepDialog } from "../../../lib/step-dialog";
import { adjustPoints, type Member, membersKey, type PointsAdjustment } from "../api/members";

/** Give points or take some, with the reason. */
export function PointsDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useT("members");
  return (
    <StepDialog<PointsAdjustment>
      changes={membersKey}
      title={t("adjust.title")}
      submit={t("adjust.submit")}
      send={({ points, reason }, key) => adjustPoints(member.id, { points, reason }, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("adjust.hint")}</p>
      <Form.Item name="points" label={t("points")} rules={[{ required: true, message: t("common:required") }]}>
        <InputNumber precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("adjust.reason")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </StepDialog>
  );
}
