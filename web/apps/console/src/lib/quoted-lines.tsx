import "./quoted-lines.css";

import type { components } from "@lingqu/api";
import { Money } from "@lingqu/ui";

import { Faults } from "./faults";
import { useNames } from "./names";
import { Stepper } from "./stepper";

interface Line {
  pack_id: number;
  packs: number;
  units: number;
  name_zh: string;
  name_en: string;
  pack_name_zh: string;
  pack_name_en: string;
}

interface Props<One extends Line> {
  lines: One[];
  quote: components["schemas"]["Quote"] | undefined;
  onPacks: (line: One, packs: number) => void;
}

/** What somebody is about to buy, in a cart or at the till: each line as quoted, and what stands against it. */
export function QuotedLines<One extends Line>({ lines, quote, onPacks }: Props<One>) {
  const names = useNames();
  return (
    <ul className="lq-quoted">
      {lines.map((line) => {
        const priced = quote?.lines.find((one) => one.pack_id === line.pack_id);
        const name = names(line.name_zh, line.name_en);
        const pack = names(line.pack_name_zh, line.pack_name_en);
        return (
          <li key={line.pack_id}>
            <div className="lq-quoted-line">
              <div>
                <div>{name}</div>
                <div className="lq-soft lq-small">
                  {pack}
                  {line.units > 1 && ` × ${String(line.units)}`}
                  {priced && quote && (
                    <>
                      {" · "}
                      <Money minor={priced.price_minor} currency={quote.currency} />
                    </>
                  )}
                </div>
              </div>
              <div className="lq-quoted-side">
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
