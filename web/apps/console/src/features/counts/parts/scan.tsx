import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Input, type InputRef, Radio } from "antd";
import { useRef, useState } from "react";

import { useNames } from "../../../lib/names";
import { type CountLine, findCode } from "../api/counts";
import type { Found } from "./add-line";
import { keyOf } from "./entries";

interface Props {
  lines: readonly CountLine[];
  onLine: (line: CountLine, units: number) => void;
  onStrange: (found: Found) => void;
}

/** Count by scanning: each scan is one pack more; where goods lie in several lots it asks which. */
export function Scan({ lines, onLine, onStrange }: Props) {
  const { t } = useT("counts");
  const names = useNames();
  const field = useRef<InputRef>(null);
  const [typed, setTyped] = useState("");
  const [said, setSaid] = useState<{ text: string; isBad: boolean } | null>(null);
  const [choice, setChoice] = useState<{ lines: CountLine[]; units: number } | null>(null);
  const take = (line: CountLine, units: number) => {
    onLine(line, units);
    const name = names(line.name_zh, line.name_en);
    setSaid({ text: t("scan.took", { name, units, unit: line.base_unit }), isBad: false });
    setChoice(null);
    field.current?.focus();
  };
  const enter = async () => {
    const code = typed.trim();
    if (!code) return;
    // The next scan may begin before this one is answered.
    setTyped("");
    setChoice(null);
    try {
      const [found] = await findCode(code);
      if (!found) return;
      const of = lines.filter((line) => line.sku_id === found.sku_id);
      const [only] = of;
      if (!only) onStrange({ sku_id: found.sku_id, name: names(found.name_zh, found.name_en), units: found.units });
      else if (of.length === 1) take(only, found.units);
      else setChoice({ lines: of, units: found.units });
    } catch (error) {
      const problem = asProblem(error);
      setSaid({ text: problem.status === 404 ? t("scan.unknown", { code }) : problem.title, isBad: true });
    }
  };
  return (
    <div>
      <Input
        ref={field}
        size="large"
        autoComplete="off"
        aria-label={t("scan.label")}
        placeholder={t("scan.label")}
        value={typed}
        maxLength={100}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
        onPressEnter={() => void enter()}
      />
      {choice && (
        <Radio.Group
          className="lq-row lq-count-choice"
          optionType="button"
          aria-label={t("scan.which")}
          value={null}
          options={choice.lines.map((line) => ({ value: keyOf(line), label: line.lot_code ?? t("noLot") }))}
          onChange={(event) => {
            const line = choice.lines.find((one) => keyOf(one) === event.target.value);
            if (line) take(line, choice.units);
          }}
        />
      )}
      <p className={said?.isBad ? "lq-count-said lq-bad" : "lq-count-said lq-soft"} role="status">
        {choice ? t("scan.which") : (said?.text ?? t("scan.hint"))}
      </p>
    </div>
  );
}
