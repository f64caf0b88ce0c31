import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Form, Input, Select } from "antd";
import dayjs from "dayjs";

import { useOwnNodes } from "../../../lib/own-nodes";
import { SKUsPicker } from "../../../lib/sku-picker";
import { StepDialog } from "../../../lib/step-dialog";
import { countsKey, type NewCount, openCount } from "../api/counts";

interface Values {
  node_id: number;
  title: string;
  sku_ids?: number[];
}

/** Open a sheet: where, and everything that lies there or only some goods. */
export function OpenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useT("counts");
  const nodes = useOwnNodes();
  const navigate = useNavigate();
  const [first] = nodes;
  return (
    <StepDialog<Values>
      key={first?.value ?? 0}
      changes={countsKey}
      title={t("open.title")}
      submit={t("open.submit")}
      initial={{
        title: t("open.name", { day: dayjs().format("YYYY-MM-DD") }),
        ...(first ? { node_id: first.value } : {}),
      }}
      send={async (values, key) => {
        const body: NewCount = { node_id: values.node_id, title: values.title, sku_ids: values.sku_ids ?? [] };
        const sheet = await openCount(body, key);
        await navigate({ to: "/counts/$countId", params: { countId: sheet.id } });
      }}
      onClose={onClose}
    >
      <Form.Item name="node_id" label={t("node")} rules={[{ required: true, message: t("common:required") }]}>
        <Select options={nodes} />
      </Form.Item>
      <Form.Item
        name="title"
        label={t("name")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="sku_ids" label={t("open.goods")} extra={t("open.goodsHint")}>
        <SKUsPicker label={t("open.goods")} />
      </Form.Item>
    </StepDialog>
  );
}
