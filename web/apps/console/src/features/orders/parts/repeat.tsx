import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Form, Input } from "antd";

import { useCan } from "../../../lib/access";
import { StepDialog } from "../../../lib/step-dialog";
import { keepList } from "../api/keep-list";
import type { Order } from "../api/order";

/** A way to order the same again, or to keep it as a list: null but for whoever bought it. */
export function useRepeat(order: Order): (() => void) | null {
  const can = useCan();
  const navigate = useNavigate();
  if (order.side !== "buyer" || order.kind !== "channel" || !can("orders.place")) return null;
  return () =>
    void navigate({
      to: "/shop/$sellerId/cart",
      params: { sellerId: order.seller_id },
      search: { repeat: order.id },
    });
}

/** Keep what was ordered as a list for the next times. */
export function KeepDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useT("orders");
  return (
    <StepDialog<{ name: string }>
      title={t("keep.title")}
      submit={t("common:save")}
      changes={["templates"]}
      send={({ name }, key) => keepList(order, name, key)}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t("keep.name")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input maxLength={60} />
      </Form.Item>
    </StepDialog>
  );
}
