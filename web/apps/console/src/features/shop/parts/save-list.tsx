import { useT } from "@lingqu/i18n";
import { Button, Form, Input } from "antd";
import { useState } from "react";

import { StepDialog } from "../../../lib/step-dialog";
import { saveTemplate, templatesKey } from "../api/templates";
import type { Cart } from "./cart-store";

/** Keep what is in the cart as a list for the next times. */
export function SaveList({ seller, cart }: { seller: number; cart: Cart }) {
  const { t } = useT("shop");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        type="text"
        size="small"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t("lists.keep")}
      </Button>
      {isOpen && (
        <StepDialog<{ name: string }>
          title={t("lists.keep")}
          submit={t("common:save")}
          changes={templatesKey}
          send={({ name }, key) => {
            const lines = cart.lines.map(({ sku_id, pack_id, packs }) => ({ sku_id, pack_id, packs }));
            return saveTemplate({ name, seller_id: seller, lines }, key);
          }}
          onClose={() => {
            setOpen(false);
          }}
        >
          <Form.Item
            name="name"
            label={t("lists.name")}
            rules={[{ required: true, whitespace: true, message: t("common:required") }]}
          >
            <Input maxLength={60} />
          </Form.Item>
        </StepDialog>
      )}
    </>
  );
}
