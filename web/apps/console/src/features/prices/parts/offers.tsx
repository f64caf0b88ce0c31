import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Money, Tag } from "@lingqu/ui";
import { useState } from "react";

import { useListState } from "../../../lib/list-state";
import { useNames } from "../../../lib/names";
import { type Offer, type OfferFilter, offersQuery } from "../api/offers";
import { Why } from "./why";

/** Prices as they hold today, by pack and tier, each with its reasons one press away. */
export function Offers({ side }: { side: Pick<OfferFilter, "seller_id" | "buyer_id"> }) {
  const { t } = useT("prices");
  const names = useNames();
  const [state, setState] = useListState();
  const [asked, setAsked] = useState<Offer | null>(null);
  const { q, sort } = state;
  const pages = usePages(offersQuery({ ...side, ...(q ? { q } : {}), ...(sort ? { sort } : {}) }));
  const columns: Column<Offer>[] = [
    {
      key: "goods",
      title: t("goods"),
      sort: "name",
      phone: "title",
      render: (row) => (
        <div>
          <div>{names(row.name_zh, row.name_en)}</div>
          <div className="lq-soft lq-small">{row.sku_code}</div>
        </div>
      ),
    },
    {
      key: "pack",
      title: t("pack"),
      render: (row) => `${names(row.pack_name_zh, row.pack_name_en)}${row.units > 1 ? ` × ${row.units}` : ""}`,
    },
    { key: "seller", title: t("seller"), render: (row) => row.seller_name },
    {
      key: "tiers",
      title: t("price"),
      render: (row) => <Tiers offer={row} />,
    },
    {
      key: "why",
      title: t("reason"),
      phone: "aside",
      render: (row) => (
        <button
          type="button"
          className="lq-link lq-as-link"
          onClick={() => {
            setAsked(row);
          }}
        >
          {t("why.ask")}
        </button>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label={t("title")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        state={{ sort: "name", ...state }}
        onState={setState}
        search={t("search")}
        blank={{ title: t("noPrices"), hint: t("noPricesHint") }}
      />
      {asked && (
        <Why
          offer={asked}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </>
  );
}

function Tiers({ offer }: { offer: Offer }) {
  const { t } = useT("prices");
  const pack = useNames()(offer.pack_name_zh, offer.pack_name_en);
  if (offer.tiers.length === 0) return <span className="lq-soft">{t("noPrice")}</span>;
  return (
    <span className="lq-tiers">
      {offer.tiers.map((tier) => (
        <Tag key={tier.item_id} tone={tier.min_packs > 1 ? "info" : "neutral"}>
          {tier.min_packs > 1 && `${t("fromPack", { packs: tier.min_packs, pack })} `}
          <Money minor={tier.price_minor} currency={offer.currency} />
        </Tag>
      ))}
    </span>
  );
}
