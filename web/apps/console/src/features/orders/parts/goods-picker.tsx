import { useT } from "@lingqu/i18n";
import { Money } from "@lingqu/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { offeredQuery } from "../api/offers";
import type { Order } from "../api/order";

interface Props {
  order: Pick<Order, "seller_id" | "buyer_id">;
  /** SKU and pack, as "sku:pack"; given by the form. */
  value?: string;
  onChange?: (value: string) => void;
}

/** Find goods that the seller offers to this buyer, by name, pinyin or code. */
export function GoodsPicker({ order, value, onChange }: Props) {
  const { t } = useT("orders");
  const names = useNames();
  const [q, setQ] = useState("");
  const { data, isFetching } = useQuery({
    ...offeredQuery(order.seller_id, order.buyer_id ?? 0, q),
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      aria-label={t("goods")}
      placeholder={t("change.find")}
      showSearch={{ onSearch: setQ, filterOption: false }}
      loading={isFetching}
      {...(value === undefined ? {} : { value })}
      {...(onChange === undefined ? {} : { onChange })}
      options={(data?.items ?? []).map((offer) => ({
        value: `${offer.sku_id}:${offer.pack_id}`,
        label: (
          <span className="lq-row">
            {names(offer.name_zh, offer.name_en)} · {names(offer.pack_name_zh, offer.pack_name_en)}
            {offer.tiers[0] && <Money minor={offer.tiers[0].price_minor} currency={offer.currency} />}
          </span>
        ),
      }))}
    />
  );
}
