import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { StepDialog } from "../../../lib/step-dialog";
import { keepList } from "../api/keep-list";
import type { Order } from "../api/order";

/** Order the same again, or keep it as a list: both only for whoever bought it. */
export function Repeat({ order }: { order: Order }) {
  const { t } = useT("orders");
  const can = useCan();
  const navigate = useNavigate();
  const [isKeeping, setKeeping] = useState(false);
  if (order.side !== "buyer" || order.kind !== "channel" || !can("orders.place")) return null;
  return (
    <>
      <Button
        onClick={() => {
          setKeeping(true);
        }}
      >
        {t("keep.title")}
      </Button>
      <Button
        onClick={() =>
          void navigate({
            to: "/shop/$sellerId/cart",
            params: { sellerId: order.seller_id },
            search: { repeat: order.id },
          })
        }
      >
        {t("repeat")}
      </Button>
      {isKeeping && (
        <StepDialog<{ name: string }>
          title={t("keep.title")}
          submit={t("common:save")}
          changes={["templates"]}
          send={({ name }, key) => keepList(order, name, key)}
          onClose={() => {
            setKeeping(false);
          }}
        >
          <Form.Item
            name="name"
            label={t("keep.name")}
            rules={[{ required: true, whitespace: true, message: t("common:required") }]}
          >
            <Input maxLength={60} />
          </Form.Item>
        </StepDialog>
      )}
    </>
  );
}
