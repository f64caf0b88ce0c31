import "../parts/shop.css";

import { asProblem, usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, Money, More, Page, ProblemAlert, SearchBox, usePhone } from "@lingqu/ui";
import { Link, useParams } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useCallback } from "react";

import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { type Offer, offersQuery } from "../api/offers";
import { CartPanel } from "../parts/cart";
import { useCart } from "../parts/cart-store";
import { Filled } from "../parts/filled";
import { OfferRow } from "../parts/offer-row";
import { Quick } from "../parts/quick";
import { useFilling } from "../parts/use-filling";
import { useQuote } from "../parts/use-quote";

/** What one seller offers, with the cart beside it; on a phone the cart is a bar at the thumb. */
export function ShopPage() {
  const { t } = useT("shop");
  const me = useMe();
  const isPhone = usePhone();
  const { sellerId } = useParams({ from: "/shell/shop/$sellerId" });
  const [state, setState] = useListState();
  const pages = usePages(offersQuery(sellerId, me.organization_id, state.q ?? ""));
  const cart = useCart(me.organization_id, sellerId);
  const packsOf = new Map(cart.lines.map((line) => [line.pack_id, line.packs]));
  const filling = useFilling(sellerId);
  const { set } = cart;
  const setPacks = useCallback(
    (offer: Offer, packs: number) => {
      const { sku_id, pack_id, name_zh, name_en, pack_name_zh, pack_name_en, units } = offer;
      set({ sku_id, pack_id, name_zh, name_en, pack_name_zh, pack_name_en, units }, packs);
    },
    [set],
  );
  const search = useCallback(
    (q: string) => {
      setState({ q });
    },
    [setState],
  );
  return (
    <Page
      title={pages.rows[0]?.seller_name ?? t("title")}
      back={
        <Link to="/shop" search={{ all: "1" }} className="lq-link">
          ← {t("sellers")}
        </Link>
      }
      actions={<Quick seller={sellerId} filling={filling} />}
    >
      <Filled filling={filling} />
      <div className="lq-columns lq-shop">
        <div className="lq-list">
          <div className="lq-toolbar">
            <div className="lq-toolbar-search">
              <SearchBox label={t("search")} value={state.q ?? ""} onChange={search} />
            </div>
          </div>
          {pages.error && <ProblemAlert problem={asProblem(pages.error)} onRetry={pages.reload} />}
          {pages.isLoading && <Skeleton active title={false} paragraph={{ rows: 8 }} className="lq-list-wait" />}
          {!pages.isLoading && !pages.error && pages.rows.length === 0 && (
            <Blank
              title={state.q ? t("common:table.noMatch") : t("noOffers")}
              hint={state.q ? "" : t("noOffersHint")}
            />
          )}
          <ul className="lq-offers" aria-label={t("offers")}>
            {pages.rows.map((offer, place) => (
              <OfferRow
                key={offer.id}
                offer={offer}
                packs={packsOf.get(offer.pack_id) ?? 0}
                isMore={pages.rows[place - 1]?.sku_id === offer.sku_id}
                onPacks={setPacks}
              />
            ))}
          </ul>
          {pages.hasMore && <More key={pages.rows.length} isLoading={pages.isLoadingMore} onMore={pages.loadMore} />}
        </div>
        {isPhone ? <CartBar seller={sellerId} /> : <CartPanel seller={sellerId} />}
      </div>
    </Page>
  );
}

/** On a phone: what the cart holds and costs, and the way to it. */
function CartBar({ seller }: { seller: number }) {
  const { t } = useT("shop");
  const me = useMe();
  const cart = useCart(me.organization_id, seller);
  const { quote } = useQuote(seller, me.organization_id, cart.lines);
  if (cart.lines.length === 0) return null;
  return (
    <Link to="/shop/$sellerId/cart" params={{ sellerId: seller }} className="lq-cart-bar">
      <span>{t("cartOf", { count: cart.lines.length })}</span>
      <span className="lq-row">
        {quote && <Money minor={quote.total_minor} currency={quote.currency} tone="strong" />}
        <strong>{t("toCart")} →</strong>
      </span>
    </Link>
  );
}
