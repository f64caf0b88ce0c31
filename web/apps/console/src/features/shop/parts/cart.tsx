import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, ProblemAlert, Section, usePhone } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";

import { useMe } from "../../../lib/me";
import { QuotedLines } from "../../../lib/quoted-lines";
import { useCart } from "./cart-store";
import { Checkout } from "./checkout";
import { SaveCart } from "./save-cart";
import { SaveList } from "./save-list";
import { useQuote } from "./use-quote";

/** The cart of one seller: lines, sum, and the way to an order. */
export function CartPanel({ seller }: { seller: number }) {
  const { t } = useT("shop");
  const me = useMe();
  const isPhone = usePhone();
  const { modal } = App.useApp();
  const cart = useCart(me.organization_id, seller);
  const { quote, isQuoting, error, retry } = useQuote(seller, me.organization_id, cart.lines);
  if (cart.lines.length === 0) {
    return (
      <Section title={t("cart")}>
        <Blank
          title={t("emptyCart")}
          hint={isPhone ? "" : t("emptyCartHint")}
          action={
            isPhone && (
              <Link to="/shop/$sellerId" params={{ sellerId: seller }}>
                <Button type="primary">{t("choose")}</Button>
              </Link>
            )
          }
        />
      </Section>
    );
  }
  const ask = () => {
    modal.confirm({
      title: t("clearAsk"),
      okText: t("clear"),
      cancelText: t("common:cancel"),
      onOk: cart.clear,
    });
  };
  return (
    <Section
      title={t("cartOf", { count: cart.lines.length })}
      extra={
        <span className="lq-row">
          <SaveCart seller={seller} cart={cart} />
          <SaveList seller={seller} cart={cart} />
          <Button type="text" size="small" onClick={ask}>
            {t("clear")}
          </Button>
        </span>
      }
    >
      {error && <ProblemAlert problem={asProblem(error)} onRetry={retry} />}
      <QuotedLines lines={cart.lines} quote={quote} onPacks={cart.set} />
      <Checkout seller={seller} cart={cart} quote={quote} isQuoting={isQuoting} />
    </Section>
  );
}
