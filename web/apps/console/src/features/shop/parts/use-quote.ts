import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import { quoteQuery } from "../api/quote";
import type { CartLine } from "./cart-store";

const PAUSE_MS = 250;

/** The live quote of a cart, asked when the fingers rest. */
export function useQuote(seller: number, buyer: number, lines: CartLine[]) {
  const wanted = useMemo(() => lines.map(({ sku_id, pack_id, packs }) => ({ sku_id, pack_id, packs })), [lines]);
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(wanted);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [wanted]);
  const found = useQuery(quoteQuery(seller, buyer, asked));
  return {
    quote: lines.length > 0 ? found.data : undefined,
    isQuoting: asked !== wanted || found.isFetching,
    error: found.error,
    retry: () => void found.refetch(),
  };
}
