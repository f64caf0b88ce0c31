import { Money } from "@lingqu/ui";

import { Faults } from "../../../lib/faults";
import { useNames } from "../../../lib/names";
import { Stepper } from "../../../lib/stepper";
import type { Quote } from "../api/quote";
import type { TillLine } from "./till-state";

interface Props {
  lines: TillLine[];
  quote: Quote | undefined;
  onPacks: (line: TillLine, packs: number) => void;
}

/** What the customer takes, each line with its price as quoted and what stands against it. */
export function BasketLines({ lines, quote, onPacks }: Props) {
  const names = useNames();
  return (
    <ul className="lq-basket">
      {lines.map((line) => {
        const priced = quote?.lines.find((one) => one.pack_id === line.pack_id);
        const name = names(line.name_zh, line.name_en);
        const pack = names(line.pack_name_zh, line.pack_name_en);
        return (
          <li key={line.pack_id}>
            <div className="lq-basket-line">
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
              <div className="lq-basket-side">
                {priced && quote && <Money minor={priced.total_minor} currency={quote.currency} tone="strong" />}
                <Stepper
                  label={`${name} ${pack}`}
                  value={line.packs}
                  onChange={(packs) => {
                    onPacks(line, packs);
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
