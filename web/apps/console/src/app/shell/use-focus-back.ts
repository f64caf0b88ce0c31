import { useEffect } from "react";

/**
 * Bring the focus back to where it was when a dialog or drawer is gone: ours are taken down as a whole, and whoever
 * works by keys or hears the page would start from its top. Where what opened it is gone too, the page's content has it.
 */
export function useFocusBack(): void {
  useEffect(() => {
    const app = document.getElementById("root");
    let last: HTMLElement | null = null;
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && app?.contains(target)) last = target;
    };
    // Every layer hangs on the body, beside the app.
    const layers = new MutationObserver((changes) => {
      const isGone = changes.some(({ removedNodes }) =>
        [...removedNodes].some((node) => node instanceof Element && node.querySelector("[role=dialog]") !== null),
      );
      if (!isGone || document.activeElement !== document.body) return;
      const back = last?.isConnected ? last : document.getElementById("content");
      back?.focus({ preventScroll: true });
    });
    document.addEventListener("focusin", remember);
    layers.observe(document.body, { childList: true });
    return () => {
      document.removeEventListener("focusin", remember);
      layers.disconnect();
    };
  }, []);
}
