import { decimals, parseMoney } from "@lingqu/ui";

import type { LinkEdit, TradeLink } from "../api/links";

/** How two trade, as a form holds it: the amount as it is typed. */
export interface Terms {
  valid_until: string | null;
  shortage_policy: TradeLink["shortage_policy"];
  title_passes: TradeLink["title_passes"];
  payment_days: number;
  approval_hours: number;
  approval_above: string;
}

export const NEW_TERMS: Terms = {
  valid_until: null,
  shortage_policy: "all-or-nothing",
  title_passes: "shipment",
  payment_days: 0,
  approval_hours: 48,
  approval_above: "",
};

/** The terms of a link as the form shows them, with the version that an edit starts from. */
export function termsOf(link: TradeLink): Terms & { version: number } {
  const places = decimals(link.currency);
  const above = link.approval_above_minor;
  return {
    valid_until: link.valid_until,
    shortage_policy: link.shortage_policy,
    title_passes: link.title_passes,
    payment_days: link.payment_days,
    approval_hours: link.approval_hours,
    approval_above: above === null ? "" : (above / 10 ** places).toFixed(places),
    version: link.version,
  };
}

/** What the API takes of the form: an amount left empty means that no order waits. */
export function bodyOf({ valid_until, shortage_policy, title_passes, payment_days, ...rest }: Terms, currency: string) {
  const typed = rest.approval_above.trim();
  return {
    valid_until,
    shortage_policy,
    title_passes,
    payment_days,
    approval_hours: rest.approval_hours,
    approval_above_minor: typed === "" ? null : parseMoney(typed, currency),
  } satisfies LinkEdit;
}
