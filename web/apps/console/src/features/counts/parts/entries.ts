import type { Counted, CountLine } from "../api/counts";

/** What was typed or scanned and not saved yet, by line; null: the field was emptied. */
export type Entries = Readonly<Record<string, number | null>>;

export function keyOf(line: Pick<CountLine, "sku_id" | "lot_code">): string {
  return `${line.sku_id} ${line.lot_code ?? ""}`;
}

/** What a line says now: what was typed here, else what stands on the sheet. */
export function countedOf(line: CountLine, entries: Entries): number | null {
  const typed = entries[keyOf(line)];
  return typed === undefined ? line.counted : typed;
}

/** Take a typed quantity; one that stands on the sheet already is no entry. */
export function typed(entries: Entries, line: CountLine, counted: number | null): Entries {
  const { [keyOf(line)]: _, ...rest } = entries;
  return counted === line.counted ? rest : { ...rest, [keyOf(line)]: counted };
}

/** A scan found so many units of a line more. */
export function scanned(entries: Entries, line: CountLine, units: number): Entries {
  return typed(entries, line, (countedOf(line, entries) ?? 0) + units);
}

/** What is sent: lines with a quantity that differs from the sheet's. An emptied field keeps what stands there. */
export function toSend(lines: readonly CountLine[], entries: Entries): Counted[] {
  return lines.flatMap((line) => {
    const counted = entries[keyOf(line)];
    if (counted === undefined || counted === null) return [];
    return [{ sku_id: line.sku_id, lot_code: line.lot_code, counted }];
  });
}

/** Entries that still say something other than a sheet that was read anew. */
export function stillOpen(lines: readonly CountLine[], entries: Entries): Entries {
  return lines.reduce((left, line) => {
    const own = entries[keyOf(line)];
    return own === undefined ? left : typed(left, line, own);
  }, entries);
}

export interface Summary {
  counted: number;
  open: number;
  more: number;
  less: number;
}

/** How far a sheet is and what posting it would change. */
export function summarize(lines: readonly CountLine[]): Summary {
  const counted = lines.filter((line) => line.counted !== null);
  return {
    counted: counted.length,
    open: lines.length - counted.length,
    more: counted.filter((line) => (line.difference ?? 0) > 0).length,
    less: counted.filter((line) => (line.difference ?? 0) < 0).length,
  };
}
