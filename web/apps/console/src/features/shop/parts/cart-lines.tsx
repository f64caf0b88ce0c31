import { Money } from "@lingqu/ui";

import { useNames } from "../../../lib/names";
import type { Quote } from "../api/quote";
import type { Cart } from "./cart-store";
import { Faults } from "../../../lib/faults";
import { Stepper } from "../../../lib/stepper";

/** What is in the cart, with the price of each line as quoted, and what stands against it. */
export function CartLines({ cart, quote }: { cart: Cart; quote: Quote | undefined }) {
  const names = useNames();
  return (
    <ul className="lq-cart-lines">
      {cart.lines.map((line) => {
        const priced = quote?.lines.find((one) => one.pack_id === line.pack_id);
        const name = names(line.name_zh, line.name_en);
        const pack = names(line.pack_name_zh, line.pack_name_en);
        return (
          <li key={line.pack_id}>
            <div className="lq-cart-line">
              <div>
                <div>{name}</div>
                <div className="lq-soft lq-small">
                  {pack}
                  {line.units > 1 && ` × ${line.units}`}
                  {priced && quote && (
                    <>
                      {" · "}
                      <Money minor={priced.price_minor} currency={quote.currency} />
                    </>
                  )}
                </div>
              </div>
              <div className="lq-cart-line-side">
                {priced && quote && <Money minor={priced.total_minor} currency={quote.currency} tone="strong" />}
                <Stepper
                  label={`${name} ${pack}`}
                  value={line.packs}
                  onChange={(packs) => {
                    cart.set(line, packs);
                  }}
                />
              </div>
            </div>
            {quote && <Faults faults={priced?.faults} currency={quote.currency} />}
          </li>
        );
      })}
    </ul>
  );
}
