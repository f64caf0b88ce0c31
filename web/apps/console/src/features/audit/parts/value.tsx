import { useT } from "@lingqu/i18n";
import { Day, Instant, Money, Nothing } from "@lingqu/ui";
import type { ReactNode } from "react";

import { isRecord } from "./difference";
import { useAuditNames } from "./names";
import { ObjectLink } from "./object-link";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
/** Fields that hold the id of something with a page of its own. */
const OBJECTS: Record<string, string> = {
  organization_id: "organization",
  seller_id: "organization",
  buyer_id: "organization",
  parent_id: "organization",
  brand_id: "organization",
  setter_id: "organization",
  sku_id: "sku",
  successor_id: "sku",
  user_id: "user",
  list_id: "price-list",
  link_id: "trade-link",
  order_id: "order",
};

/** A value of a record as people read it: money in its currency, days, names of states, links to what an id names. */
export function Value({ field, value, currency }: { field: string; value: unknown; currency: string }): ReactNode {
  const { t } = useT("audit");
  const { fieldOf, valueOf, comma } = useAuditNames();
  const name = field.split(".").at(-1) ?? field;
  if (value === null || value === undefined || value === "") return <Nothing />;
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (typeof value === "number") {
    if (name.endsWith("_minor")) return <Money minor={value} currency={currency} />;
    if (name.endsWith("_ppm")) return `${String(value / 10_000)} %`;
    const kind = OBJECTS[name];
    return kind === undefined ? String(value) : <ObjectLink kind={kind} id={String(value)} />;
  }
  if (typeof value === "string") {
    if (DAY.test(value)) return <Day on={value} />;
    if (INSTANT.test(value)) return <Instant at={value} />;
    return valueOf(name, value);
  }
  if (Array.isArray(value)) {
    const parts: unknown[] = value;
    if (parts.length === 0) return <Nothing />;
    if (!parts.some(isRecord))
      return parts.map((one, index) => (
        <span key={index}>
          {index > 0 && comma}
          <Value field={name} value={one} currency={currency} />
        </span>
      ));
    return (
      <ul className="lq-plain lq-audit-parts">
        {parts.map((one, index) => (
          <li key={index}>
            <Value field={name} value={one} currency={currency} />
          </li>
        ))}
      </ul>
    );
  }
  if (!isRecord(value)) return null;
  return (
    <span className="lq-audit-part">
      {Object.entries(value)
        .filter(([, part]) => part !== null && part !== "")
        .map(([inner, part]) => (
          <span key={inner}>
            <span className="lq-soft">{fieldOf(inner)} </span>
            <Value field={inner} value={part} currency={currency} />
          </span>
        ))}
    </span>
  );
}
