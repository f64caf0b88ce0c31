import { useT } from "@lingqu/i18n";
import { Instant, ProblemAlert, Section } from "@lingqu/ui";
import { Button } from "antd";

import { useNames } from "../../../lib/names";
import type { Basket } from "./till-state";

interface Props {
  held: Basket[];
  onResume: (index: number) => void;
  onDrop: (index: number) => void;
}

/** Baskets put aside, the oldest first: go on with one, or throw it away. */
export function Held({ held, onResume, onDrop }: Props) {
  const { t } = useT("till");
  const names = useNames();
  if (held.length === 0) return null;
  return (
    <Section title={t("held.title", { count: held.length })}>
      <ul className="lq-held">
        {held.map((basket, index) => {
          const [first] = basket.lines;
          return (
            <li key={`${basket.held_at} ${index}`}>
              <div className="lq-held-line">
                <div>
                  <div>
                    <Instant at={basket.held_at} /> {basket.member?.name ?? ""}
                  </div>
                  <div className="lq-soft lq-small">
                    {first
                      ? t("held.goods", { name: names(first.name_zh, first.name_en), count: basket.lines.length })
                      : t("held.nothing")}
                  </div>
                </div>
                <div className="lq-row">
                  <Button
                    onClick={() => {
                      onResume(index);
                    }}
                  >
                    {t("held.resume")}
                  </Button>
                  <Button
                    type="text"
                    onClick={() => {
                      onDrop(index);
                    }}
                  >
                    {t("held.drop")}
                  </Button>
                </div>
              </div>
              {basket.problem && <ProblemAlert problem={basket.problem} />}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
