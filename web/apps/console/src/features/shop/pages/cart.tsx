import "../parts/shop.css";

import { useT } from "@lingqu/i18n";
import { Page, ProblemAlert } from "@lingqu/ui";
import { Link, useParams } from "@tanstack/react-router";

import { CartPanel } from "../parts/cart";
import { Filled } from "../parts/filled";
import { useFilling } from "../parts/use-filling";
import { useRepeat } from "../parts/use-repeat";

/** The cart as a page of its own: for a phone, and for an order that is repeated. */
export function CartPage() {
  const { t } = useT("shop");
  const { sellerId } = useParams({ from: "/shell/shop/$sellerId/cart" });
  const filling = useFilling(sellerId);
  const { problem } = useRepeat(filling);
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
      {problem && <ProblemAlert problem={problem} />}
      <Filled filling={filling} />
      <CartPanel seller={sellerId} />
    </Page>
  );
}
