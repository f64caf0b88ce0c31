import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";

import { StepDialog } from "../../../lib/step-dialog";
import { sellerNodesQuery } from "../api/nodes";
import type { Order } from "../api/order";
import { ordersKey } from "../api/orders";
import { rerouteOrder } from "../api/reroute";

interface Values {
  lines: number[];
  node: number;
  reason: string;
}

/** Send what has not left yet from another warehouse, with the reason. */
export function RerouteDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t, i18n } = useT("orders");
  const { data } = useQuery(sellerNodesQuery(order.seller_id));
  const open = order.lines.filter((line) => line.reserved + line.back_ordered > 0 && !line.supplier_id);
  const nameOf = (line: (typeof open)[number]) => (i18n.language.startsWith("zh") ? line.name_zh : line.name_en);
  return (
    <StepDialog<Values>
      changes={ordersKey}
      title={t("reroute.title")}
      submit={t("action.reroute")}
      initial={{ lines: open.map((line) => line.line_no) }}
      send={({ lines, node, reason }, key) =>
        rerouteOrder(order.id, { lines: lines.map((line_no) => ({ line_no, node_id: node })), reason }, key)
      }
      onClose={onClose}
    >
      <p>{t("reroute.hint")}</p>
      <Form.Item name="lines" label={t("lines")} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          options={open.map((line) => ({
            value: line.line_no,
            label: t("reroute.line", { number: line.line_no, name: nameOf(line) }),
          }))}
        />
      </Form.Item>
      <Form.Item name="node" label={t("reroute.node")} rules={[{ required: true }]}>
        <Select options={(data?.items ?? []).map((node) => ({ value: node.id, label: node.name }))} />
      </Form.Item>
      <Form.Item name="reason" label={t("reason")} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea maxLength={1000} rows={2} />
      </Form.Item>
    </StepDialog>
  );
}
