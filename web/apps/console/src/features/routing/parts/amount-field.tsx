import { decimals } from "@lingqu/ui";
import { Form, InputNumber } from "antd";

interface Props {
  name: string | (string | number)[];
  label: string;
  currency: string;
  max: number;
}

/** An amount that a person types in whole money and the form holds in minor units. */
export function AmountField({ name, label, currency, max }: Props) {
  const places = decimals(currency);
  return (
    <Form.Item
      name={name}
      label={`${label} (${currency})`}
      getValueProps={(minor: number | null | undefined) => ({
        value: minor === null || minor === undefined ? undefined : minor / 10 ** places,
      })}
      normalize={(typed: number | null) => (typed === null ? 0 : Math.round(typed * 10 ** places))}
    >
      <InputNumber min={0} max={max} precision={places} />
    </Form.Item>
  );
}
