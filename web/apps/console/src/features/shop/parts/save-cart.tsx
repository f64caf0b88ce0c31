import { useT } from "@lingqu/i18n";
import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";

import { StepDialog } from "../../../lib/step-dialog";
import { keepDraft } from "../api/baskets";
import type { Cart } from "./cart-store";

/** Put the cart aside under a name, for another time or for a colleague. */
export function SaveCart({ seller, cart }: { seller: number; cart: Cart }) {
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
        {t("aside.save")}
      </Button>
      {isOpen && (
        <StepDialog<{ name?: string; isToClear: boolean }>
          title={t("aside.title")}
          submit={t("common:save")}
          changes={["baskets"]}
          initial={{ isToClear: true }}
          send={async ({ name, isToClear }, key) => {
            const lines = cart.lines.map(({ sku_id, pack_id, packs }) => ({ sku_id, pack_id, packs }));
            await keepDraft({ name: name ?? "", seller_id: seller, lines }, key);
            if (isToClear) cart.clear();
          }}
          onClose={() => {
            setOpen(false);
          }}
        >
          <Form.Item name="name" label={t("aside.name")}>
            <Input maxLength={60} placeholder={t("aside.nameHint")} />
          </Form.Item>
          <Form.Item name="isToClear" valuePropName="checked">
            <Checkbox>{t("aside.clear")}</Checkbox>
          </Form.Item>
        </StepDialog>
      )}
    </>
  );
}
