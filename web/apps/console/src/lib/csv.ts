import type { PageOf } from "@lingqu/api";

/** A column of an exported file: its heading, and what a row says in it. */
export interface CSVColumn<Row> {
  title: string;
  text: (row: Row) => string | number | null | undefined;
}

const MOST_ROWS = 20_000;

/** Read a list to its end, or to as many rows as a person can still use. */
export async function readAll<Row>(
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Row>>,
  signal: AbortSignal,
  most = MOST_ROWS,
): Promise<{ rows: Row[]; isWhole: boolean }> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await fetchPage(cursor, signal);
    rows.push(...page.items);
    cursor = page.next ?? undefined;
    if (cursor === undefined) return { rows, isWhole: true };
    if (rows.length >= most) return { rows, isWhole: false };
  }
}

/** Write a table as spreadsheets read it: with a byte order mark, so that Chinese stays Chinese. */
export function writeCSV(heading: string[], rows: (string | number | null | undefined)[][]): string {
  return "\uFEFF" + [heading, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

// What begins like a formula would be run by a spreadsheet; a number with a sign is none.
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+([.,]\d+)*$/;

function cell(value: string | number | null | undefined): string {
  const plain = String(value ?? "");
  const safe = FORMULA.test(plain) && !NUMBER.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hand a text to the person as a file. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
