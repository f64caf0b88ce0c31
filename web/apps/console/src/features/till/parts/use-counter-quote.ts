import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { useMe } from "../../../lib/me";
import { useRested } from "../../../lib/use-rested";
import { counterQuoteQuery } from "../api/quote";
import type { TillLine } from "./till-state";

const PAUSE_MS = 150;

/** What the open basket costs, asked when the scanner rests. */
export function useCounterQuote(lines: TillLine[]) {
  const me = useMe();
  const wanted = useMemo(() => lines.map(({ sku_id, pack_id, packs }) => ({ sku_id, pack_id, packs })), [lines]);
  const asked = useRested(wanted, PAUSE_MS);
  const found = useQuery(counterQuoteQuery(me.organization_id, asked));
  // A price read again in the background keeps nobody waiting: the server compares the total with the one shown.
  const isQuoting = asked !== wanted || found.isPlaceholderData;
  return {
    quote: lines.length > 0 ? found.data : undefined,
    isQuoting,
    error: found.error,
    retry: () => void found.refetch(),
  };
}
