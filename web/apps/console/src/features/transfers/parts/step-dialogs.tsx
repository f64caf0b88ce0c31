import { useT } from "@lingqu/i18n";
import { Quantity } from "@lingqu/ui";
import { Form, Input, InputNumber } from "antd";

import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import {
  cancelTransfer,
  closeTransfer,
  receiveTransfer,
  shipTransfer,
  type Transfer,
  transfersKey,
} from "../api/transfers";
import { mostOf, partsOf } from "./steps";

interface Props {
  transfer: Transfer;
  onClose: () => void;
}

/** Ship or receive: how much of each line, at first all of it. */
export function AmountsDialog({ transfer, step, onClose }: Props & { step: "ship" | "receive" }) {
  const { t } = useT("transfers");
  const names = useNames();
  const lines = (transfer.lines ?? []).filter((line) => mostOf(line, step) > 0);
  return (
    <StepDialog<{ amounts: Record<string, number | null> }>
      changes={transfersKey}
      title={t(`step.${step}.title`)}
      submit={t(`step.${step}.submit`)}
      width={620}
      initial={{ amounts: Object.fromEntries(lines.map((line) => [String(line.line_no), mostOf(line, step)])) }}
      send={({ amounts }, key) => (step === "ship" ? shipTransfer : receiveTransfer)(transfer, partsOf(amounts), key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t(`step.${step}.hint`)}</p>
      <ul className="lq-transfer-amounts">
        {lines.map((line) => {
          const name = names(line.name_zh, line.name_en);
          return (
            <li key={line.line_no}>
              <div>
                {name}
                <div className="lq-soft lq-small">
                  {t("upTo")} <Quantity base={mostOf(line, step)} unit={line.base_unit} />
                </div>
              </div>
              <Form.Item name={["amounts", String(line.line_no)]} noStyle>
                <InputNumber
                  aria-label={name}
                  min={0}
                  max={mostOf(line, step)}
                  precision={0}
                  suffix={line.base_unit}
                  style={{ width: 140 }}
                />
              </Form.Item>
            </li>
          );
        })}
      </ul>
    </StepDialog>
  );
}

/** Give up what is on its way, or call the whole off: with the reason. */
export function EndDialog({ transfer, step, onClose }: Props & { step: "close" | "cancel" }) {
  const { t } = useT("transfers");
  return (
    <StepDialog<{ reason: string }>
      changes={transfersKey}
      title={t(`step.${step}.title`)}
      submit={t(`step.${step}.submit`)}
      isDangerous
      send={({ reason }, key) => (step === "close" ? closeTransfer : cancelTransfer)(transfer, reason, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t(`step.${step}.hint`)}</p>
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
