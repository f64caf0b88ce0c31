import { useT } from "@lingqu/i18n";

import { formatDay, formatInstant } from "./format";

/** An instant, with the exact one on hover. */
export function Instant({ at }: { at: string | null | undefined }) {
  const { i18n } = useT();
  if (!at) return <Nothing />;
  return (
    <time dateTime={at} title={new Date(at).toLocaleString(i18n.language)} className="lq-number">
      {formatInstant(at, i18n.language)}
    </time>
  );
}

/** A calendar date. */
export function Day({ on }: { on: string | null | undefined }) {
  const { i18n } = useT();
  if (!on) return <Nothing />;
  return (
    <time dateTime={on} className="lq-number">
      {formatDay(on, i18n.language)}
    </time>
  );
}

/** Where there is no value. */
export function Nothing() {
  return <span className="lq-soft lq-nothing">—</span>;
}
