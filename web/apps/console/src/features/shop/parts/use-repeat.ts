import { asProblem } from "@lingqu/api";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { useListState } from "../../../lib/list-state";
import { basketOfDraft, repeatOrder } from "../api/baskets";
import type { Filling } from "./use-filling";

/** Take in the order or kept basket that the address names, once; a reload of the page must not order twice as much. */
export function useRepeat(filling: Filling) {
  const [state, setState] = useListState();
  const { repeat, draft } = state;
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ order, kept }: { order: string | undefined; kept: string }) =>
      order === undefined ? basketOfDraft(kept) : repeatOrder({ order_id: order }),
    onSuccess: filling.take,
  });
  const begun = useRef<string>(undefined);
  useEffect(() => {
    const named = repeat ?? draft;
    if (named === undefined || begun.current === named) return;
    begun.current = named;
    setState({ repeat: "", draft: "" });
    mutate({ order: repeat, kept: named });
  }, [repeat, draft, setState, mutate]);
  return { problem: error && asProblem(error), isPending };
}
