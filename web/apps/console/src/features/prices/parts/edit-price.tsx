import { useT } from "@lingqu/i18n";
import { decimals, Money, parseMoney } from "@lingqu/ui";
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Modal } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { useNames } from "../../../lib/names";
import { editPrice } from "../api/edit-price";
import { listedPricesQuery, type PriceLine, pricesKey } from "../api/price-lists";

interface Props {
  price: PriceLine;
  currency: string;
  onClose: () => void;
}

/** Change one price, unless somebody else did meanwhile. */
export function EditPrice({ price, currency, onClose }: Props) {
  const { t } = useT("prices");
  const names = useNames();
  const queries = useQueryClient();
  const places = decimals(currency);
  const valuesOf = (one: PriceLine) => ({
    amount: (one.price_minor / 10 ** places).toFixed(places),
    version: one.version,
  });
  const reload = async () => {
    const page = await listedPricesQuery(price.list_id, price.sku_code).fetchPage(
      undefined,
      AbortSignal.timeout(10_000),
    );
    return valuesOf(page.items.find((one) => one.id === price.id) ?? price);
  };
  return (
    <Modal open footer={null} title={t("edit.title")} onCancel={onClose}>
      <p>
        {names(price.name_zh, price.name_en)} · {names(price.pack_name_zh, price.pack_name_en)} ·{" "}
        {t("fromPacks", { packs: price.min_packs })} · <Money minor={price.price_minor} currency={currency} />
      </p>
      <EditForm<{ amount: string }>
        record={valuesOf(price)}
        fields={[{ name: "amount", label: t("price") }]}
        save={({ amount }, version) => editPrice(price.id, parseMoney(amount, currency) ?? 0, version)}
        reload={reload}
        onSaved={() => {
          void queries.invalidateQueries({ queryKey: pricesKey });
          onClose();
        }}
        onCancel={onClose}
      >
        <Form.Item
          name="amount"
          label={t("price")}
          rules={[
            {
              validator: (_, typed: string) =>
                (parseMoney(typed, currency) ?? 0) > 0
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("edit.notMoney"))),
            },
          ]}
        >
          <Input inputMode="decimal" prefix={currency} style={{ width: 220 }} />
        </Form.Item>
      </EditForm>
    </Modal>
  );
}
