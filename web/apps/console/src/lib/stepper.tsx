import "./stepper.css";

import { MinusOutlined, PlusOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { Button, InputNumber } from "antd";

const MOST = 1_000_000;

/** How many packs: one press more or less, or typed. */
export function Stepper({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}) {
  const { t } = useT("shop");
  if (value === 0) {
    return (
      <Button
        icon={<PlusOutlined />}
        aria-label={t("addOne", { name: label })}
        onClick={() => {
          onChange(1);
        }}
      />
    );
  }
  return (
    <span className="lq-stepper">
      <Button
        icon={<MinusOutlined />}
        aria-label={t("lessOne", { name: label })}
        onClick={() => {
          onChange(value - 1);
        }}
      />
      <InputNumber
        aria-label={t("packsOf", { name: label })}
        controls={false}
        min={0}
        max={MOST}
        precision={0}
        value={value}
        onChange={(typed) => {
          onChange(typed ?? 0);
        }}
      />
      <Button
        icon={<PlusOutlined />}
        aria-label={t("addOne", { name: label })}
        onClick={() => {
          onChange(value + 1);
        }}
      />
    </span>
  );
}
