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
  /** Another pack of the goods of the row above: what it is was said there. */
  isMore: boolean;
  onPacks: (offer: Offer, packs: number) => void;
}

/** One pack on offer: what it is, what it costs at this quantity, how many go into the cart. */
export const OfferRow = memo(function OfferRow({ offer, packs, isMore, onPacks }: Props) {
  const { t } = useT("shop");
  const names = useNames();
  const name = names(offer.name_zh, offer.name_en);
  const pack = names(offer.pack_name_zh, offer.pack_name_en);
  const reached = offer.tiers.filter((tier) => tier.min_packs <= Math.max(packs, 1));
  const tier = reached.at(-1);
  const next = offer.tiers.find((candidate) => candidate.min_packs > Math.max(packs, 1));
  return (
    <li className={isMore ? "lq-offer lq-offer-more" : "lq-offer"}>
      {!isMore && <Thumb src={thumbURL(offer.picture_id)} size={56} />}
      <div className="lq-offer-name">
        {!isMore && <div className="lq-strong">{name}</div>}
        <div className="lq-soft lq-small">
          <span className="lq-offer-pack">
            {pack}
            {offer.units > 1 && ` × ${offer.units}`}
            {!isMore && " · "}
          </span>
          {!isMore && offer.sku_code}
        </div>
      </div>
      <div className="lq-offer-price">
        {tier ? (
          <>
            <Money minor={tier.price_minor} currency={offer.currency} tone="strong" />
            <span className="lq-soft lq-small">
              {" / "}
              {pack}
              {offer.units > 1 && <span className="lq-offer-units"> × {offer.units}</span>}
            </span>
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
