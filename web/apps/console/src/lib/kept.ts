import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const read = new Map<string, { text: string | null; value: unknown }>();

function tell(): void {
  listeners.forEach((listen) => {
    listen();
  });
}

// Another tab of the same browser changed something: storage tells, and both show the same.
window.addEventListener("storage", tell);

function take<Value>(place: string, start: Value): Value {
  const text = localStorage.getItem(place);
  const known = read.get(place);
  if (known?.text === text) return known.value as Value;
  let value = start;
  if (text !== null) {
    try {
      value = JSON.parse(text) as Value;
    } catch {
      localStorage.removeItem(place);
    }
  }
  read.set(place, { text, value });
  return value;
}

/** Change what is kept at a place, starting from what stands there in this moment, whichever tab wrote it. */
export function changeKept<Value>(place: string, start: Value, change: (before: Value) => Value): void {
  localStorage.setItem(place, JSON.stringify(change(take(place, start))));
  tell();
}

/** Something kept on this device: the same in every tab, there after a reload. `start` is what stands at first. */
export function useKept<Value>(place: string, start: Value): [Value, (change: (before: Value) => Value) => void] {
  const value = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
      };
    },
    () => take(place, start),
  );
  const change = useCallback(
    (how: (before: Value) => Value) => {
      changeKept(place, start, how);
    },
    [place, start],
  );
  return [value, change];
}
