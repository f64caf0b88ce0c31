import type { Order, OrderLine } from "../api/order";

type Pair = NonNullable<Order["direct"]>[number];

/** The suppliers that send of this order straight to its buyer; an order that itself buys for another one has none. */
function pairsOf(order: Order): Pair[] {
  return (order.direct ?? []).filter((pair) => pair.supplier_id !== order.seller_id && pair.line_nos.length > 0);
}

/** Who sends the goods: the seller's warehouse, if anything leaves from there, and suppliers by name. */
export function sendersOf(order: Order): { warehouse: string | null; suppliers: string[] } {
  const pairs = pairsOf(order);
  const direct = new Set(pairs.flatMap((pair) => pair.line_nos));
  const isAllDirect = pairs.length > 0 && order.lines.every((line) => direct.has(line.line_no));
  return { warehouse: isAllDirect ? null : order.ship_from_name, suppliers: pairs.map((pair) => pair.supplier_name) };
}

/** The supplier that sends this line straight to the buyer, if one does. */
export function supplierOf(line: OrderLine, order: Order): string | null {
  return pairsOf(order).find((pair) => pair.line_nos.includes(line.line_no))?.supplier_name ?? null;
}
