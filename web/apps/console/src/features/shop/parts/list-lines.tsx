import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { Button } from "antd";
import type { ReactNode } from "react";

import { useNames } from "../../../lib/names";
import { type CartLine, withPacks } from "./cart-store";
import { Stepper } from "../../../lib/stepper";

/** Put the line at a place one place up or down; at the end it stays. */
export function moved(lines: CartLine[], from: number, to: number): CartLine[] {
  const line = lines[from];
  if (!line || to < 0 || to >= lines.length) return lines;
  const rest = lines.filter((_, place) => place !== from);
  return [...rest.slice(0, to), line, ...rest.slice(to)];
}

interface Props {
  value?: CartLine[];
  onChange?: (lines: CartLine[]) => void;
  /** What else could be taken in: the lines of the cart. */
  more?: CartLine[];
}

/** The lines of a kept list, to be put in order, changed and taken out: a field of a form. */
export function ListLines({ value = [], onChange, more = [] }: Props) {
  const { t } = useT("shop");
  const names = useNames();
  const change = (lines: CartLine[]) => {
    onChange?.(lines);
  };
  const missing = more.filter((line) => !value.some((one) => one.pack_id === line.pack_id));
  return (
    <>
      <ul className="lq-cart-lines">
        {value.map((line, place) => {
          const name = names(line.name_zh, line.name_en);
          const pack = names(line.pack_name_zh, line.pack_name_en);
          const button = (label: string, icon: ReactNode, lines: CartLine[], isOff = false) => (
            <Button
              type="text"
              icon={icon}
              aria-label={`${label} ${name} ${pack}`}
              disabled={isOff}
              onClick={() => {
                change(lines);
              }}
            />
          );
          return (
            <li key={line.pack_id} className="lq-list-line">
              <LineName line={line} />
              <span className="lq-row">
                <Stepper
                  label={`${name} ${pack}`}
                  value={line.packs}
                  onChange={(packs) => {
                    change(withPacks(value, line, Math.max(packs, 1)));
                  }}
                />
                {button(t("lists.up"), <ArrowUpOutlined />, moved(value, place, place - 1), place === 0)}
                {button(
                  t("lists.down"),
                  <ArrowDownOutlined />,
                  moved(value, place, place + 1),
                  place === value.length - 1,
                )}
                {button(t("lists.out"), <DeleteOutlined />, withPacks(value, line, 0), value.length === 1)}
              </span>
            </li>
          );
        })}
      </ul>
      {missing.length > 0 && (
        <Button
          onClick={() => {
            change([...value, ...missing]);
          }}
        >
          {t("lists.fromCart")}
        </Button>
      )}
    </>
  );
}

/** What a line is, in two rows. */
export function LineName({ line }: { line: CartLine }) {
  const names = useNames();
  return (
    <div>
      <div>{names(line.name_zh, line.name_en)}</div>
      <div className="lq-soft lq-small">
        {names(line.pack_name_zh, line.pack_name_en)}
        {line.units > 1 && ` × ${line.units}`}
      </div>
    </div>
  );
}
