import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber } from "antd";

import { useFormProblem } from "../../../lib/problem-form";
import { addPack } from "../api/packs";
import type { SKU } from "../api/sku";
import { PackFields } from "./edit-pack";

interface Values {
  code: string;
  units: number;
  name_zh: string;
  name_en: string;
  gtin?: string;
  is_orderable: boolean;
}

/** Another pack of a SKU. */
export function AddPack({ sku, onClose }: { sku: SKU; onClose: () => void }) {
  const { t } = useT("skus");
  const [form] = Form.useForm<Values>();
  const trouble = useFormProblem(form);
  const adding = useMutation({
    mutationFn: ({ gtin, ...rest }: Values) => addPack(sku.id, { ...rest, gtin: gtin?.trim() ? gtin.trim() : null }),
    onMutate: trouble.clear,
    onError: trouble.show,
    onSuccess: onClose,
  });
  const required = [{ required: true, message: t("common:required") }];
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={{ is_orderable: true }}
      onFinish={(values) => {
        adding.mutate(values);
      }}
    >
      {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
      <Form.Item name="code" label={t("code")} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="units" label={t("unitsPerPack", { unit: sku.base_unit })} rules={required}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <PackFields />
      <Button type="primary" htmlType="submit" loading={adding.isPending}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
