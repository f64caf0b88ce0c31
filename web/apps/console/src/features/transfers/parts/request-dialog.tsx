import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input, InputNumber, Select } from "antd";

import { useOwnNodes } from "../../../lib/own-nodes";
import { SKUPicker } from "../../../lib/sku-picker";
import { StepDialog } from "../../../lib/step-dialog";
import { type NewTransfer, requestTransfer, transfersKey } from "../api/transfers";

const MOST_LINES = 1000;

/** Ask for goods to go from one own place to another. */
export function RequestDialog({ onClose }: { onClose: () => void }) {
  const { t } = useT("transfers");
  const nodes = useOwnNodes();
  const navigate = useNavigate();
  const required = [{ required: true, message: t("common:required") }];
  return (
    <StepDialog<NewTransfer>
      changes={transfersKey}
      title={t("request.title")}
      submit={t("request.submit")}
      width={680}
      initial={{ lines: [{}] as NewTransfer["lines"] }}
      send={async ({ from_node_id, to_node_id, lines, note = "" }, key) => {
        const made = await requestTransfer({ from_node_id, to_node_id, lines, note }, key);
        await navigate({ to: "/transfers/$transferId", params: { transferId: made.id } });
      }}
      onClose={onClose}
    >
      <div className="lq-pair">
        <Form.Item name="from_node_id" label={t("from")} rules={required}>
          <Select options={nodes} />
        </Form.Item>
        <Form.Item name="to_node_id" label={t("to")} rules={required}>
          <Select options={nodes} />
        </Form.Item>
      </div>
      <Form.List name="lines">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="lq-transfer-line">
                <Form.Item name={[name, "sku_id"]} label={t("goods")} rules={required}>
                  <SKUPicker label={t("goods")} />
                </Form.Item>
                <Form.Item name={[name, "quantity"]} label={t("quantity")} rules={required}>
                  <InputNumber min={1} precision={0} style={{ width: "100%" }} />
                </Form.Item>
                {fields.length > 1 && (
                  <Button
                    type="text"
                    onClick={() => {
                      remove(name);
                    }}
                  >
                    {t("request.remove")}
                  </Button>
                )}
              </div>
            ))}
            <Button
              disabled={fields.length >= MOST_LINES}
              onClick={() => {
                add({});
              }}
            >
              {t("request.add")}
            </Button>
          </>
        )}
      </Form.List>
      <Form.Item name="note" label={t("note")} className="lq-transfer-note">
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </StepDialog>
  );
}
