import { Form } from "antd";

import { useNames } from "../../../lib/names";
import type { OrderLine } from "../api/order";
import { AmountInput } from "./amount-input";

export interface Choice {
  line: OrderLine;
  max: number;
}

/** One input per line of which something can be taken; the form's `amounts` hold them by line number. */
export function Amounts({ choices }: { choices: Choice[] }) {
  const names = useNames();
  return (
    <ul className="lq-amounts">
      {choices.map(({ line, max }) => {
        const name = names(line.name_zh, line.name_en);
        return (
          <li key={line.line_no}>
            <div>
              <div>{name}</div>
              <div className="lq-soft lq-small">{line.sku_code}</div>
            </div>
            <Form.Item name={["amounts", String(line.line_no)]} noStyle>
              <AmountInput line={line} max={max} label={name} />
            </Form.Item>
          </li>
        );
      })}
    </ul>
  );
}

export interface AmountValues {
  amounts?: Record<string, number | null>;
}

/** What was chosen, as the API asks for it: lines with nothing are left out. */
export function chosenOf(values: AmountValues): { line_no: number; quantity: number }[] {
  return Object.entries(values.amounts ?? {}).flatMap(([line, quantity]) =>
    quantity ? [{ line_no: Number(line), quantity }] : [],
  );
}

/** Everything that can be taken, as the form starts. */
export function allOf(choices: Choice[]): Record<string, number> {
  return Object.fromEntries(choices.map(({ line, max }) => [String(line.line_no), max]));
}
