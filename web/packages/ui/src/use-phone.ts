import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 767px)";

/** Tell whether the window is as narrow as a phone. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(QUERY);
      media.addEventListener("change", changed);
      return () => {
        media.removeEventListener("change", changed);
      };
    },
    () => window.matchMedia(QUERY).matches,
  );
}
