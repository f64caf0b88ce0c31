import { useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Switch } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { editPack } from "../api/packs";
import { type Pack, type SKU, skuQuery } from "../api/sku";

interface Values {
  name_zh: string;
  name_en: string;
  gtin: string;
  is_orderable: boolean;
}

function valuesOf({ name_zh, name_en, gtin, is_orderable, version }: Pack): Values & { version: number } {
  return { name_zh, name_en, gtin: gtin ?? "", is_orderable, version };
}

/** Names, bar code and whether it may be ordered; how much a pack holds never changes. */
export function EditPack({ sku, pack, onClose }: { sku: SKU; pack: Pack; onClose: () => void }) {
  const { t } = useT("skus");
  const queries = useQueryClient();
  const reload = async () => {
    const now = await queries.query({ ...skuQuery(sku.id), staleTime: 0 });
    return valuesOf(now.packs?.find((one) => one.id === pack.id) ?? pack);
  };
  return (
    <EditForm<Values>
      record={valuesOf(pack)}
      fields={[
        { name: "name_zh", label: t("nameZh") },
        { name: "name_en", label: t("nameEn") },
        { name: "gtin", label: t("gtin") },
        { name: "is_orderable", label: t("orderable"), show: (value) => (value === true ? t("yes") : t("no")) },
      ]}
      save={({ gtin, ...rest }, version) => editPack(pack.id, { ...rest, gtin: gtin.trim() || null }, version)}
      reload={reload}
      onSaved={onClose}
      onCancel={onClose}
    >
      <PackFields />
    </EditForm>
  );
}

/** The fields that a new pack and a changed one share. */
export function PackFields() {
  const { t } = useT("skus");
  const required = [{ required: true, whitespace: true, message: t("common:required") }];
  return (
    <>
      <Form.Item name="name_zh" label={t("nameZh")} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="name_en" label={t("nameEn")} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="gtin" label={t("gtin")}>
        <Input maxLength={14} inputMode="numeric" />
      </Form.Item>
      <Form.Item name="is_orderable" label={t("orderable")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}
