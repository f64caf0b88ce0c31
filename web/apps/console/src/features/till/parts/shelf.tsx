import { asProblem, type Pages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, Money, More, ProblemAlert, Quantity, Thumb } from "@lingqu/ui";
import { Button, Skeleton } from "antd";

import { useNames } from "../../../lib/names";
import { thumbURL } from "../../../lib/picture-url";
import type { Goods, GoodsPack } from "../api/goods";
import type { TillPack } from "./till-state";

interface Props {
  pages: Pages<Goods>;
  isSearching: boolean;
  onPack: (pack: TillPack) => void;
}

/** What lies on the shelf; a press on a pack puts one into the basket. */
export function Shelf({ pages, isSearching, onPack }: Props) {
  const { t } = useT("till");
  return (
    <div className="lq-list">
      {pages.error && <ProblemAlert problem={asProblem(pages.error)} onRetry={pages.reload} />}
      {pages.isLoading && <Skeleton active title={false} paragraph={{ rows: 8 }} className="lq-list-wait" />}
      {!pages.isLoading && !pages.error && pages.rows.length === 0 && (
        <Blank
          title={isSearching ? t("common:table.noMatch") : t("shelf.blank")}
          hint={isSearching ? t("shelf.noMatchHint") : t("shelf.blankHint")}
        />
      )}
      <ul className="lq-shelf" aria-label={t("shelf.label")}>
        {pages.rows.map((goods) => (
          <ShelfRow key={goods.id} goods={goods} onPack={onPack} />
        ))}
      </ul>
      {pages.hasMore && <More key={pages.rows.length} isLoading={pages.isLoadingMore} onMore={pages.loadMore} />}
    </div>
  );
}

function ShelfRow({ goods, onPack }: { goods: Goods; onPack: (pack: TillPack) => void }) {
  const { t } = useT("till");
  const names = useNames();
  const name = names(goods.name_zh, goods.name_en);
  return (
    <li>
      <Thumb src={thumbURL(goods.picture_id)} size={44} />
      <div className="lq-shelf-name">
        <div className="lq-strong">{name}</div>
        <div className="lq-soft lq-small">
          {goods.sku_code} · {t("shelf.free")} <Quantity base={goods.free} unit={goods.base_unit} />
        </div>
      </div>
      <div className="lq-shelf-packs">
        {goods.packs.map((pack) => (
          <Button
            key={pack.pack_id}
            disabled={pack.price_minor === null}
            onClick={() => {
              onPack(packOf(goods, pack));
            }}
          >
            <span className="lq-hidden">{t("shelf.add", { name })}</span>
            <span className="lq-soft">
              {names(pack.name_zh, pack.name_en)}
              {pack.units > 1 && ` × ${pack.units}`}
            </span>{" "}
            {pack.price_minor === null ? (
              t("shelf.noPrice")
            ) : (
              <Money minor={pack.price_minor} currency={goods.currency} tone="strong" />
            )}
          </Button>
        ))}
      </div>
    </li>
  );
}

/** A pack on the shelf as the basket keeps it. */
export function packOf(goods: Goods, pack: GoodsPack): TillPack {
  return {
    sku_id: goods.id,
    pack_id: pack.pack_id,
    name_zh: goods.name_zh,
    name_en: goods.name_en,
    pack_name_zh: pack.name_zh,
    pack_name_en: pack.name_en,
    units: pack.units,
  };
}
