import { useT } from "@lingqu/i18n";
import { Day } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

interface OfOrder {
  order_id: string;
  order_number: string | null;
  business_on: string;
}

/** Lines under the order they were bought in, the first named first. */
export function ByOrder<Line extends OfOrder>({
  lines,
  children,
}: {
  lines: Line[];
  children: (line: Line) => ReactNode;
}) {
  const { t } = useT("returns");
  const orders = new Map<string, Line[]>();
  for (const line of lines) orders.set(line.order_id, [...(orders.get(line.order_id) ?? []), line]);
  return (
    <div className="lq-stack">
      {[...orders].map(([id, own]) => (
        <article key={id} className="lq-slip">
          <div className="lq-slip-head">
            <Link to="/orders/$orderId" params={{ orderId: id }} className="lq-link lq-number">
              {own[0]?.order_number ?? t("noNumber")}
            </Link>
            {own[0] && (
              <span className="lq-soft lq-small">
                <Day on={own[0].business_on} />
              </span>
            )}
          </div>
          <ul>{own.map(children)}</ul>
        </article>
      ))}
    </div>
  );
}
