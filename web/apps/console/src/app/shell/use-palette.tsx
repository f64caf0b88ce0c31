import { lazy, Suspense, useCallback, useEffect, useState } from "react";

import { useMenu } from "./menu";

const Palette = lazy(async () => ({ default: (await import("./palette")).Palette }));

/** The keys that open the search of the menu, as this device's keyboard names them. */
export const PALETTE_KEYS = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? "⌘K" : "Ctrl K";

/** Ctrl or ⌘ with K opens the search of the menu from anywhere; so does whoever calls `open`. */
export function usePalette() {
  const { groups } = useMenu();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, []);
  const open = useCallback(() => {
    setOpen(true);
  }, []);
  const palette = isOpen && (
    <Suspense>
      <Palette
        entries={groups.flatMap((group) => group.entries)}
        onClose={() => {
          setOpen(false);
        }}
      />
    </Suspense>
  );
  return { open, palette };
}
