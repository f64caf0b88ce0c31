import { useT } from "@lingqu/i18n";
import { Money, Nothing, Quantity, Scroll, Tag, usePhone } from "@lingqu/ui";

import { useNames } from "../../../lib/names";
import type { Order, OrderLine } from "../api/order";
import { packOf } from "./amount-input";
import { supplierOf } from "./sender";

/** The lines of an order: what was ordered, how far each has come, and what it costs. */
export function Lines({ order }: { order: Order }) {
  const { t } = useT("orders");
  const isPhone = usePhone();
  if (isPhone) {
    return (
      <ul className="lq-cards">
        {order.lines.map((line) => (
          <li key={line.line_no} className="lq-card">
            <div className="lq-card-head">
              <Goods line={line} order={order} />
              <div className="lq-card-aside">
                <Money minor={line.total_minor} currency={order.currency} tone="strong" />
                <Ordered line={line} />
              </div>
            </div>
            <Progress line={line} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Scroll label={t("lines")}>
      <table className="lq-table">
        <thead>
          <tr>
            <th scope="col">{t("goods")}</th>
            <th scope="col" className="lq-right">
              {t("ordered")}
            </th>
            <th scope="col" className="lq-right">
              {t("price")}
            </th>
            <th scope="col" className="lq-right">
              {t("amount")}
            </th>
            <th scope="col">{t("progress")}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.line_no}>
              <td>
                <Goods line={line} order={order} />
              </td>
              <td className="lq-right">
                <Ordered line={line} />
              </td>
              <td className="lq-right">
                <Money minor={line.price_minor} currency={order.currency} />
              </td>
              <td className="lq-right">
                <Money minor={line.total_minor} currency={order.currency} tone="strong" />
              </td>
              <td>
                <Progress line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Goods({ line, order }: { line: OrderLine; order: Order }) {
  const { t } = useT("orders");
  const names = useNames();
  const isElsewhere =
    line.node_name !== order.ship_from_name || order.lines.some((other) => other.node_name !== line.node_name);
  const supplier = supplierOf(line, order);
  const from = supplier
    ? t("direct.from", { name: order.side === "buyer" ? supplier : `${supplier} (${line.node_name})` })
    : isElsewhere && t("fromNode", { node: line.node_name });
  return (
    <div>
      <div>{names(line.name_zh, line.name_en)}</div>
      <div className="lq-soft lq-small">{line.sku_code}</div>
      {from && <div className="lq-soft lq-small">{from}</div>}
      {line.part_of && <div className="lq-soft lq-small">{t("partOf", { number: line.part_of })}</div>}
    </div>
  );
}

function Ordered({ line }: { line: OrderLine }) {
  const names = useNames();
  return <Quantity base={line.quantity} unit={line.base_unit} pack={packOf(line, names)} />;
}

/** Only what is not zero: a new order says "reserved", a finished one "received". */
function Progress({ line }: { line: OrderLine }) {
  const { t } = useT("orders");
  const names = useNames();
  const parts = (
    [
      ["reserved", line.reserved, "info"],
      ["back_ordered", line.back_ordered, "warn"],
      ["onTheWay", line.shipped - line.received - line.short, "info"],
      ["received", line.received, "good"],
      ["short", line.short, "bad"],
      ["cancelled", line.cancelled, "neutral"],
      ["returned", line.returned, "warn"],
    ] as const
  ).filter(([, quantity]) => quantity > 0);
  if (parts.length === 0) return <Nothing />;
  return (
    <span className="lq-row">
      {parts.map(([name, quantity, tone]) => (
        <Tag key={name} tone={tone}>
          {t(`line.${name}`)} <Quantity base={quantity} unit={line.base_unit} pack={packOf(line, names)} />
        </Tag>
      ))}
    </span>
  );
}
