import { useCallback, useState } from "react";

import { useMe } from "../../../lib/me";
import type { Basket } from "../api/baskets";
import { type CartLine, useCart } from "./cart-store";

export type BasketLine = Basket["lines"][number];

/** What a cart keeps of a line of a basket. */
export function cartLineOf({ sku_code: _, ...line }: BasketLine): CartLine {
  return line;
}

export interface Filling {
  /** What came in last, until it is put aside. */
  basket: Basket | null;
  take: (basket: Basket) => void;
  /** Take what is sold in place of a row that was left out. */
  takeInstead: (row: number, line: BasketLine) => void;
  putAside: () => void;
}

/** Fill the cart of one seller with a basket, and remember what did not go in. */
export function useFilling(seller: number): Filling {
  const me = useMe();
  const { add } = useCart(me.organization_id, seller);
  const [basket, setBasket] = useState<Basket | null>(null);
  const take = useCallback(
    (filled: Basket) => {
      add(filled.lines.map(cartLineOf));
      setBasket(filled);
    },
    [add],
  );
  const takeInstead = useCallback(
    (row: number, line: BasketLine) => {
      add([cartLineOf(line)]);
      setBasket((before) => before && { ...before, left_out: before.left_out.filter((one) => one.row !== row) });
    },
    [add],
  );
  const putAside = useCallback(() => {
    setBasket(null);
  }, []);
  return { basket, take, takeInstead, putAside };
}
