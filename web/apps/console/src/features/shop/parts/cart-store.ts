import { useCallback, useSyncExternalStore } from "react";

/** One line of a cart, with what is needed to show it without asking again. */
export interface CartLine {
  sku_id: number;
  pack_id: number;
  packs: number;
  name_zh: string;
  name_en: string;
  pack_name_zh: string;
  pack_name_en: string;
  units: number;
}

const NONE: CartLine[] = [];
const listeners = new Set<() => void>();
const parsed = new Map<string, { text: string; lines: CartLine[] }>();

// Another tab of the same browser changed the cart: storage tells, and both show the same.
window.addEventListener("storage", () => {
  listeners.forEach((listen) => {
    listen();
  });
});

function read(place: string): CartLine[] {
  const text = localStorage.getItem(place);
  if (!text) return NONE;
  const known = parsed.get(place);
  if (known?.text === text) return known.lines;
  let lines = NONE;
  try {
    lines = JSON.parse(text) as CartLine[];
  } catch {
    localStorage.removeItem(place);
  }
  parsed.set(place, { text, lines });
  return lines;
}

function write(place: string, lines: CartLine[]): void {
  if (lines.length > 0) localStorage.setItem(place, JSON.stringify(lines));
  else localStorage.removeItem(place);
  listeners.forEach((listen) => {
    listen();
  });
}

/** Put so many packs into a cart; none takes the line out. Lines keep their place. */
export function withPacks(lines: CartLine[], line: Omit<CartLine, "packs">, packs: number): CartLine[] {
  const at = lines.findIndex((one) => one.pack_id === line.pack_id);
  if (packs <= 0) return lines.filter((_, index) => index !== at);
  if (at < 0) return [...lines, { ...line, packs }];
  return lines.map((one, index) => (index === at ? { ...one, packs } : one));
}

/** Put more lines into a cart; what is in it already becomes as much more. */
export function withLines(lines: CartLine[], more: CartLine[]): CartLine[] {
  return more.reduce((before, { packs, ...line }) => {
    const there = before.find((one) => one.pack_id === line.pack_id)?.packs ?? 0;
    return withPacks(before, line, there + packs);
  }, lines);
}

export interface Cart {
  lines: CartLine[];
  add: (lines: CartLine[]) => void;
  set: (line: Omit<CartLine, "packs">, packs: number) => void;
  clear: () => void;
}

/** The cart of one buyer at one seller: kept on this device, the same in every tab, there after a reload. */
export function useCart(buyer: number, seller: number): Cart {
  const place = `lingqu.cart.${buyer}.${seller}`;
  const lines = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
      };
    },
    () => read(place),
  );
  const set = useCallback(
    (line: Omit<CartLine, "packs">, packs: number) => {
      write(place, withPacks(read(place), line, packs));
    },
    [place],
  );
  const add = useCallback(
    (more: CartLine[]) => {
      write(place, withLines(read(place), more));
    },
    [place],
  );
  const clear = useCallback(() => {
    write(place, NONE);
  }, [place]);
  return { lines, add, set, clear };
}
