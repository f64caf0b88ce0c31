import { useT } from "@lingqu/i18n";
import { Form, Input, InputNumber, Switch } from "antd";

import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import { refundSale } from "../api/refund";
import { salesKey, type Slip } from "../api/sales";

interface Values {
  amounts: Record<string, number | null>;
  reason: string;
  is_sellable: boolean;
}

/** Take goods back over the counter: which, how many, why, and whether they may be sold again. */
export function RefundDialog({ slip, onClose }: { slip: Slip; onClose: () => void }) {
  const { t } = useT("till");
  const names = useNames();
  const left = (slip.lines ?? []).filter((line) => line.received > line.returned);
  return (
    <StepDialog<Values>
      changes={salesKey}
      title={t("refund.title")}
      submit={t("refund.submit")}
      isDangerous
      width={600}
      initial={{ amounts: Object.fromEntries(left.map((line) => [String(line.line_no), 0])), is_sellable: true }}
      send={({ amounts, reason, is_sellable }, key) =>
        refundSale(
          slip.id,
          {
            lines: Object.entries(amounts).flatMap(([line, quantity]) =>
              quantity ? [{ line_no: Number(line), quantity }] : [],
            ),
            reason,
            is_sellable,
          },
          key,
        )
      }
      onClose={onClose}
    >
      <p className="lq-soft">{t("refund.hint")}</p>
      <ul className="lq-basket">
        {left.map((line) => {
          const name = names(line.name_zh, line.name_en);
          const most = line.received - line.returned;
          return (
            <li key={line.line_no}>
              <div className="lq-basket-line">
                <div>
                  <div>{name}</div>
                  <div className="lq-soft lq-small">{t("refund.upTo", { count: most, unit: line.base_unit })}</div>
                </div>
                <Form.Item name={["amounts", String(line.line_no)]} noStyle>
                  <InputNumber aria-label={name} min={0} max={most} precision={0} suffix={line.base_unit} />
                </Form.Item>
              </div>
            </li>
          );
        })}
      </ul>
      <Form.Item
        name="reason"
        label={t("refund.reason")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="is_sellable" label={t("refund.sellable")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </StepDialog>
  );
}
