/** Columns of the files that can be read, with a row to show how they are filled. */
export const COLUMNS = {
  skus: {
    names: [
      "code",
      "name_zh",
      "name_en",
      "product_line",
      "category",
      "tax_class",
      "base_unit",
      "gtin",
      "case_units",
      "case_gtin",
      "shelf_life_days",
      "is_lot_tracked",
    ],
    sample: [
      "MILK-250",
      "\u7eaf\u725b\u5976 250 ml",
      "Whole milk 250 ml",
      "DAIRY",
      "",
      "V13",
      "box",
      "",
      "12",
      "",
      "180",
      "yes",
    ],
  },
  prices: {
    names: ["sku_code", "pack_code", "min_packs", "price", "valid_from", "valid_until"],
    sample: ["MILK-250", "case", "1", "36.00", "2027-01-01", ""],
  },
} as const;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Read a file's text, whether a spreadsheet saved it as UTF-8 or, as Chinese ones do, as GB 18030. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return UTF8.decode(bytes).replace(/^\uFEFF/, "");
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** Cut a file into its records as they stand, a quoted cell with line breaks left whole; blank lines are none. */
export function recordsOf(text: string): string[] {
  const records: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const char = text[at];
    if (char === '"') isQuoted = !isQuoted;
    if (at < text.length && (isQuoted || char !== "\n")) continue;
    const record = text.slice(start, at).replace(/\r$/, "");
    if (record !== "") records.push(record);
    start = at + 1;
  }
  return records;
}

export interface Parts {
  good: string;
  rejected: string;
}

/**
 * Divide a file into the rows that are fine and those that are not; each of the latter gets its reason as a last cell.
 * Rows are counted as a spreadsheet does, the heading first.
 */
export function divide(text: string, reasons: ReadonlyMap<number, string>, reasonColumn: string): Parts {
  const [heading = "", ...rows] = recordsOf(text);
  const isWrong = (index: number) => reasons.has(index + 2);
  const quoted = (reason: string) => `"${reason.replaceAll('"', '""')}"`;
  return {
    good: [heading, ...rows.filter((_, index) => !isWrong(index))].join("\r\n") + "\r\n",
    rejected:
      "\uFEFF" +
      [
        `${heading},${reasonColumn}`,
        ...rows.flatMap((row, index) => (isWrong(index) ? [`${row},${quoted(reasons.get(index + 2) ?? "")}`] : [])),
      ].join("\r\n") +
      "\r\n",
  };
}
