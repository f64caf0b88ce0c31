import { asProblem } from "@lingqu/api";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { isUnanswered, sellGoods, type Sold } from "../api/sell";
import { salesKey } from "../api/sales";
import { charge, refused, settled, type TillState, type Unsent } from "./till-state";

const AGAIN_MS = 10_000;

/** A sale that the server has answered for. */
export interface Done {
  sold: Sold;
  unsent: Omit<Unsent, "basket">;
}

/**
 * Sell baskets so that each is sold once: a sale is kept with its key before it is sent, and sent again with the same
 * key until the server has said yes or no — after the line was down, and after the page was closed.
 */
export function useSelling(state: TillState, change: (how: (before: TillState) => TillState) => void) {
  const queries = useQueryClient();
  const sending = useRef(new Set<string>());
  const [inFlight, setInFlight] = useState(0);
  const [isLost, setLost] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const send = useCallback(
    async (unsent: Omit<Unsent, "basket">) => {
      if (sending.current.has(unsent.key)) return;
      sending.current.add(unsent.key);
      setInFlight(sending.current.size);
      try {
        const sold = await sellGoods(unsent.sale, unsent.key);
        change((before) => settled(before, unsent.key));
        setLost(false);
        setDone({ sold, unsent });
        void queries.invalidateQueries({ queryKey: salesKey });
        void queries.invalidateQueries({ queryKey: ["till"] });
      } catch (error) {
        if (isUnanswered(error)) setLost(true);
        else {
          change((before) => refused(before, unsent.key, asProblem(error), new Date().toISOString()));
          void queries.invalidateQueries({ queryKey: ["quote"] });
        }
      } finally {
        sending.current.delete(unsent.key);
        setInFlight(sending.current.size);
      }
    },
    [change, queries],
  );
  const sell = (unsent: Omit<Unsent, "basket">) => {
    change((before) => charge(before, unsent));
    void send(unsent);
  };
  const { unsent } = state;
  const sendAll = useCallback(() => {
    unsent.forEach((one) => void send(one));
  }, [unsent, send]);
  useEffect(() => {
    if (unsent.length === 0) return;
    const timer = setInterval(sendAll, AGAIN_MS);
    window.addEventListener("online", sendAll);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", sendAll);
    };
  }, [unsent, sendAll]);
  return {
    sell,
    sendAll,
    isSending: inFlight > 0,
    /** Something stays unanswered: not merely on its way for the first time. */
    isWaiting: unsent.length > 0 && (isLost || inFlight === 0),
    done,
    clearDone: useCallback(() => {
      setDone(null);
    }, []),
  };
}
