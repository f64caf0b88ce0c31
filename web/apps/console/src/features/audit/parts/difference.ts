/** One field that differs between two states; undefined where the state does not have it. */
export interface Changed {
  field: string;
  before: unknown;
  after: unknown;
}

export type Deed = "made" | "changed" | "removed";

/** What was done to an object, told by the states that were recorded. */
export function deedOf({ before, after }: { before?: unknown; after?: unknown }): Deed {
  if (before === null || before === undefined) return "made";
  return after === null || after === undefined ? "removed" : "changed";
}

// They differ with every change and say nothing to people.
const DULL = new Set(["version", "sort_key", "search"]);

/**
 * Name the fields in which two states differ, in the order of the newer one. What was made or removed shows all that it
 * holds but for what is empty; a part of a record inside it is told field by field, as `content.note`.
 */
export function differenceOf({ before, after }: { before?: unknown; after?: unknown }): Changed[] {
  const old = flat(before);
  const young = flat(after);
  const names = [...young.keys(), ...[...old.keys()].filter((name) => !young.has(name))];
  const isChange = deedOf({ before, after }) === "changed";
  return names
    .filter((name) => !DULL.has(name))
    .map((field) => ({ field, before: old.get(field), after: young.get(field) }))
    .filter((one) => (isChange ? !isSame(one.before, one.after) : !isEmpty(one.before ?? one.after)));
}

function flat(state: unknown): Map<string, unknown> {
  if (state === null || state === undefined) return new Map();
  if (!isRecord(state)) return new Map([["value", state]]);
  return new Map(
    Object.entries(state).flatMap(([name, value]): [string, unknown][] =>
      isRecord(value)
        ? Object.entries(value).map(([inner, part]): [string, unknown] => [`${name}.${inner}`, part])
        : [[name, value]],
    ),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// A state that was recorded in part does not say what the rest was: null and nothing are the same there.
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** What an object is called in its own record, if it has a name there. */
export function titleOf(
  { before, after }: { before?: unknown; after?: unknown },
  names: (zh: string | null | undefined, en: string | null | undefined) => string,
): string | null {
  for (const state of [after, before]) {
    if (!isRecord(state)) continue;
    const text = (name: string) => (typeof state[name] === "string" ? state[name] : undefined);
    const found =
      names(text("name_zh") ?? text("name"), text("name_en")) ||
      text("number") ||
      text("login") ||
      text("file_name") ||
      text("code");
    if (found) return found;
  }
  return null;
}
