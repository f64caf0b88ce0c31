import { useEffect } from "react";

/**
 * Bring the focus back to where it was when a dialog or drawer is gone: ours are taken down as a whole, and whoever
 * works by keys or hears the page would start from its top. Where what opened it is gone too, the page's content has it.
 */
export function useFocusBack(): void {
  useEffect(() => {
    const app = document.getElementById("root");
    let last: HTMLElement | null = null;
    let isInLayer = false;
    const remember = ({ target }: FocusEvent) => {
      isInLayer = target instanceof Node && app?.contains(target) === false;
      if (!isInLayer && target instanceof HTMLElement) last = target;
    };
    // Every layer hangs on the body, beside the app, and is empty already when it is taken from it.
    const layers = new MutationObserver((changes) => {
      const isGone = changes.some(({ removedNodes }) => removedNodes.length > 0);
      if (!isGone || !isInLayer || document.activeElement !== document.body) return;
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
