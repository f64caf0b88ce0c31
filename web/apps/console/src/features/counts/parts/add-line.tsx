import { useT } from "@lingqu/i18n";
import { Form, Input, InputNumber } from "antd";

import { SKUPicker } from "../../../lib/sku-picker";
import { StepDialog } from "../../../lib/step-dialog";
import { type CountSheet, countsKey, enterCount } from "../api/counts";

/** Goods that a scan found, or null where the person chooses. */
export interface Found {
  sku_id: number;
  name: string;
  units: number;
}

interface Values {
  lines: [{ sku_id: number; lot_code?: string; counted: number }];
}

/** Something lies there that the sheet did not expect: it gets a line of its own. */
export function AddLine({ sheet, found, onClose }: { sheet: CountSheet; found: Found | null; onClose: () => void }) {
  const { t } = useT("counts");
  return (
    <StepDialog<Values>
      changes={countsKey}
      title={t("add.title")}
      submit={t("add.submit")}
      initial={{ lines: [{ sku_id: found?.sku_id ?? (undefined as unknown as number), counted: found?.units ?? 1 }] }}
      send={({ lines: [line] }) => {
        const lot = line.lot_code?.trim();
        return enterCount(
          sheet.id,
          [{ sku_id: line.sku_id, lot_code: lot ? lot : null, counted: line.counted }],
          sheet.version,
        );
      }}
      onClose={onClose}
    >
      <p className="lq-soft">{t("add.hint")}</p>
      {found ? (
        <>
          <p className="lq-strong">{found.name}</p>
          <Form.Item name={["lines", 0, "sku_id"]} hidden>
            <InputNumber />
          </Form.Item>
        </>
      ) : (
        <Form.Item
          name={["lines", 0, "sku_id"]}
          label={t("goods")}
          rules={[{ required: true, message: t("common:required") }]}
        >
          <SKUPicker label={t("goods")} />
        </Form.Item>
      )}
      <Form.Item name={["lines", 0, "lot_code"]} label={t("lot")} extra={t("add.lotHint")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name={["lines", 0, "counted"]}
        label={t("counted")}
        rules={[{ required: true, message: t("common:required") }]}
      >
        <InputNumber min={0} precision={0} style={{ width: 200 }} />
      </Form.Item>
    </StepDialog>
  );
}
