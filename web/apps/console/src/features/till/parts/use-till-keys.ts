import type { InputRef } from "antd";
import { type RefObject, useEffect, useEffectEvent } from "react";

interface Keys {
  finder: RefObject<InputRef | null>;
  payButton: RefObject<HTMLButtonElement | null>;
  onHold: () => void;
}

/**
 * The keys of the counter: F2 finds, F4 puts aside, F8 sells. A scanner types like a keyboard, so what is typed
 * outside any field goes to the finder.
 */
export function useTillKeys({ finder, payButton, onHold }: Keys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "F2") finder.current?.focus();
    else if (event.key === "F4") onHold();
    else if (event.key === "F8") payButton.current?.click();
    else {
      const isTyping = event.target instanceof Element && event.target.closest("input, textarea, [role=dialog]");
      const isText = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isTyping && isText) finder.current?.focus();
      return;
    }
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      press(event);
    };
    window.addEventListener("keydown", listen);
    // On a phone the keyboard would cover the shelf.
    if (window.matchMedia("(pointer: fine)").matches) finder.current?.focus();
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, [finder]);
}
