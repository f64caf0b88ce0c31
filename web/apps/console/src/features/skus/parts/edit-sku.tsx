import { useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, InputNumber } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { editSKU } from "../api/edit-sku";
import { type SKU, skuQuery } from "../api/sku";
import { skusKey } from "../api/skus";

interface Values {
  name_zh: string;
  name_en: string;
  shelf_life_days: number | null;
  weight_g: number | null;
  volume_ml: number | null;
}

function valuesOf(sku: SKU): Values & { version: number } {
  const { name_zh, name_en, shelf_life_days, weight_g, volume_ml, version } = sku;
  return { name_zh, name_en, shelf_life_days, weight_g, volume_ml, version };
}

/** What may change of a SKU after it has been sold. */
export function EditSKU({ sku, onClose }: { sku: SKU; onClose: () => void }) {
  const { t } = useT("skus");
  const queries = useQueryClient();
  const required = [{ required: true, whitespace: true, message: t("common:required") }];
  const labels = {
    name_zh: t("nameZh"),
    name_en: t("nameEn"),
    shelf_life_days: t("shelfLifeDays"),
    weight_g: t("weightGrams"),
    volume_ml: t("volumeMl"),
  };
  return (
    <EditForm<Values>
      record={valuesOf(sku)}
      fields={Object.entries(labels).map(([name, label]) => ({ name, label }))}
      save={({ name_zh, name_en, shelf_life_days, weight_g, volume_ml }, version) =>
        editSKU(sku.id, { name_zh, name_en, shelf_life_days, weight_g, volume_ml }, version)
      }
      reload={async () => valuesOf(await queries.query({ ...skuQuery(sku.id), staleTime: 0 }))}
      onSaved={() => {
        void queries.invalidateQueries({ queryKey: skusKey });
        onClose();
      }}
      onCancel={onClose}
    >
      <Form.Item name="name_zh" label={labels.name_zh} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="name_en" label={labels.name_en} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      {(["shelf_life_days", "weight_g", "volume_ml"] as const).map((name) => (
        <Form.Item key={name} name={name} label={labels[name]}>
          <InputNumber min={name === "shelf_life_days" ? 1 : 0} precision={0} style={{ width: 200 }} />
        </Form.Item>
      ))}
    </EditForm>
  );
}
