import { useT } from "@lingqu/i18n";
import { Money, Tag, Thumb } from "@lingqu/ui";
import { memo } from "react";

import { useNames } from "../../../lib/names";
import { thumbURL } from "../../../lib/picture-url";
import type { Offer } from "../api/offers";
import { Stepper } from "../../../lib/stepper";

interface Props {
  offer: Offer;
  packs: number;
  onPacks: (offer: Offer, packs: number) => void;
}

/** One pack on offer: what it is, what it costs at this quantity, how many go into the cart. */
export const OfferRow = memo(function OfferRow({ offer, packs, onPacks }: Props) {
  const { t } = useT("shop");
  const names = useNames();
  const name = names(offer.name_zh, offer.name_en);
  const pack = names(offer.pack_name_zh, offer.pack_name_en);
  const reached = offer.tiers.filter((tier) => tier.min_packs <= Math.max(packs, 1));
  const tier = reached.at(-1);
  const next = offer.tiers.find((candidate) => candidate.min_packs > Math.max(packs, 1));
  return (
    <li className="lq-offer">
      <Thumb src={thumbURL(offer.picture_id)} size={56} />
      <div className="lq-offer-name">
        <div className="lq-strong">{name}</div>
        <div className="lq-soft lq-small">
          {pack}
          {offer.units > 1 && ` × ${offer.units}`} · {offer.sku_code}
        </div>
      </div>
      <div className="lq-offer-price">
        {tier ? (
          <>
            <Money minor={tier.price_minor} currency={offer.currency} tone="strong" />
            <span className="lq-soft lq-small"> / {pack}</span>
          </>
        ) : (
          <span className="lq-soft">{offer.tiers.length > 0 ? "" : t("noPrice")}</span>
        )}
        {next && (
          <div>
            <Tag tone="info">
              {t("from", { packs: next.min_packs, pack })} <Money minor={next.price_minor} currency={offer.currency} />
            </Tag>
          </div>
        )}
      </div>
      {offer.tiers.length > 0 && (
        <Stepper
          label={`${name} ${pack}`}
          value={packs}
          onChange={(wanted) => {
            onPacks(offer, wanted);
          }}
        />
      )}
    </li>
  );
});
