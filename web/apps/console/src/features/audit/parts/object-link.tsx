import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { type Right, useCan } from "../../../lib/access";

interface Way {
  right: Right;
  to: (id: string) => Pick<LinkProps, "to" | "params" | "search">;
}

/** Where an object has a page; those who may not see it are given no link. */
const WAYS: Record<string, Way> = {
  order: { right: "orders.see", to: (id) => ({ to: "/orders/$orderId", params: { orderId: id } }) },
  sku: { right: "catalog.see", to: (id) => ({ to: "/skus/$skuId", params: { skuId: Number(id) } }) },
  organization: {
    right: "network.see",
    to: (id) => ({ to: "/organizations/$organizationId", params: { organizationId: Number(id) } }),
  },
  "price-list": { right: "prices.lists", to: (id) => ({ to: "/prices/$listId", params: { listId: Number(id) } }) },
  "price-import": { right: "prices.lists", to: (id) => ({ to: "/prices/$listId", params: { listId: Number(id) } }) },
  "trade-link": { right: "network.see", to: (id) => ({ to: "/links/$linkId", params: { linkId: Number(id) } }) },
  user: { right: "users.see", to: (id) => ({ to: "/users/$userId", params: { userId: Number(id) } }) },
  role: { right: "users.see", to: (id) => ({ to: "/roles/$roleId", params: { roleId: Number(id) } }) },
};

/** An object by what it is called, with the way to its page where it has one. */
export function ObjectLink({ kind, id, children }: { kind: string; id: string; children?: ReactNode }) {
  const can = useCan();
  const way = WAYS[kind];
  const called = children ?? `#${id.length > 12 ? id.slice(-12) : id}`;
  if (way === undefined || !can(way.right)) return <span className="lq-number">{called}</span>;
  return (
    <Link {...way.to(id)} className="lq-link">
      {called}
    </Link>
  );
}
