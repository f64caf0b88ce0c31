import type { ListState } from "@lingqu/ui";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

/** Read a list's wishes out of the address; what is not text is not ours. */
export function readListState(search: Record<string, unknown>): ListState {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      ["string", "number", "boolean"].includes(typeof value) ? [[name, String(value)]] : [],
    ),
  );
}

/** The wishes of the list on this page, and the way to change some of them; an empty wish leaves the address. */
export function useListState(): [ListState, (change: ListState) => void] {
  const state: ListState = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (wanted: ListState) => {
      void navigate({
        to: ".",
        replace: true,
        search: (before: ListState) =>
          Object.fromEntries(Object.entries({ ...before, ...wanted }).filter(([, value]) => value)),
      });
    },
    [navigate],
  );
  return [state, change];
}
