import "../parts/shop.css";

import { useT } from "@lingqu/i18n";
import { Page } from "@lingqu/ui";
import { Link, useParams } from "@tanstack/react-router";

import { CartPanel } from "../parts/cart";

/** The cart as a page of its own, for a phone. */
export function CartPage() {
  const { t } = useT("shop");
  const { sellerId } = useParams({ from: "/shell/shop/$sellerId/cart" });
  return (
    <Page
      title={t("cart")}
      width="narrow"
      back={
        <Link to="/shop/$sellerId" params={{ sellerId }} className="lq-link">
          ← {t("goOn")}
        </Link>
      }
    >
      <CartPanel seller={sellerId} />
    </Page>
  );
}
