import { asProblem } from "@lingqu/api";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { useListState } from "../../../lib/list-state";
import { repeatOrder } from "../api/baskets";
import type { Filling } from "./use-filling";

/** Repeat the order that the address names, once; a reload of the page must not order twice as much. */
export function useRepeat(filling: Filling) {
  const [state, setState] = useListState();
  const { repeat } = state;
  const { mutate, error, isPending } = useMutation({
    mutationFn: (order: string) => repeatOrder({ order_id: order }),
    onSuccess: filling.take,
  });
  const begun = useRef<string>(undefined);
  useEffect(() => {
    if (repeat === undefined || begun.current === repeat) return;
    begun.current = repeat;
    setState({ repeat: "" });
    mutate(repeat);
  }, [repeat, setState, mutate]);
  return { problem: error && asProblem(error), isPending };
}
