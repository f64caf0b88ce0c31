import { useT } from "@lingqu/i18n";
import { Money, Quantity } from "@lingqu/ui";
import { Form, Input, InputNumber, Switch } from "antd";

import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import { decideReturn, type ReturnDocument, returnsKey } from "../api/returns";

interface Values {
  reason?: string;
  is_sellable?: boolean;
  lines?: { accepted: number | null; reason?: string }[];
}

interface Props {
  document: ReturnDocument;
  isAccepted: boolean;
  onClose: () => void;
}

/** Take goods back, each line whole or in part, or turn the whole request down. */
export function DecideDialog({ document, isAccepted, onClose }: Props) {
  const { t } = useT("returns");
  return (
    <StepDialog<Values>
      changes={returnsKey}
      title={isAccepted ? t("decide.yes") : t("decide.no")}
      submit={isAccepted ? t("decide.accept") : t("decide.reject")}
      isDangerous={!isAccepted}
      width={720}
      initial={{
        is_sellable: false,
        lines: document.lines.map((line) => ({ accepted: line.quantity, reason: "" })),
      }}
      send={({ reason = "", is_sellable = false, lines = [] }, key) =>
        decideReturn(
          document.id,
          {
            is_accepted: isAccepted,
            reason,
            is_sellable: isAccepted && is_sellable,
            lines: isAccepted ? lessThanAsked(document, lines) : [],
          },
          key,
        )
      }
      onClose={onClose}
    >
      {isAccepted && <Lines document={document} />}
      {isAccepted && (
        <Form.Item name="is_sellable" label={t("decide.sellable")} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={t("why")}
        rules={[{ required: !isAccepted, whitespace: true, message: t("common:required") }]}
      >
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </StepDialog>
  );
}

function lessThanAsked(document: ReturnDocument, told: NonNullable<Values["lines"]>) {
  return document.lines.flatMap((line, i) => {
    const accepted = told[i]?.accepted ?? 0;
    return accepted === line.quantity
      ? []
      : [{ order_id: line.order_id, line_no: line.line_no, accepted, reason: told[i]?.reason ?? "" }];
  });
}

function Lines({ document }: { document: ReturnDocument }) {
  const { t } = useT("returns");
  const names = useNames();
  return (
    <ul className="lq-back-goods">
      {document.lines.map((line, i) => (
        <li key={`${line.order_id}-${String(line.line_no)}`}>
          <span>
            {names(line.name_zh, line.name_en)}{" "}
            <span className="lq-soft lq-small">
              {line.order_number} · {line.reason}
            </span>
          </span>
          <span className="lq-row">
            <Quantity base={line.quantity} unit={line.base_unit} />
            <Money minor={line.refund_minor} currency={document.currency} />
          </span>
          <Form.Item name={["lines", i, "accepted"]} noStyle>
            <InputNumber
              aria-label={t("decide.accepted", { row: i + 1 })}
              min={0}
              max={line.quantity}
              precision={0}
              suffix={line.base_unit}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={[["lines", i, "accepted"]]}>
            {({ getFieldValue }) =>
              getFieldValue(["lines", i, "accepted"]) !== line.quantity && (
                <Form.Item
                  name={["lines", i, "reason"]}
                  className="lq-back-reason"
                  rules={[{ required: true, whitespace: true, message: t("common:required") }]}
                >
                  <Input
                    aria-label={t("decide.lineReason", { row: i + 1 })}
                    placeholder={t("decide.less")}
                    maxLength={1000}
                  />
                </Form.Item>
              )
            }
          </Form.Item>
        </li>
      ))}
    </ul>
  );
}
