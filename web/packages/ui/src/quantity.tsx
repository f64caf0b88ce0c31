import { useT } from "@lingqu/i18n";

import { formatQuantity, type PackOf } from "./format";

/** A quantity of base units, told in packs where a pack is given; the only place that writes quantities. */
export function Quantity({ base, unit, pack }: { base: number; unit: string; pack?: PackOf | undefined }) {
  const { i18n } = useT();
  const exact = formatQuantity(base, unit, undefined, i18n.language);
  const shown = formatQuantity(base, unit, pack, i18n.language);
  return (
    <span className="lq-number" title={shown === exact ? undefined : exact}>
      {shown}
    </span>
  );
}
