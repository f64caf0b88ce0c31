type Cell = string | number | null;

/** Write rows as CSV: RFC 4180, with a byte order mark so that spreadsheets read Chinese. */
export function csvOf(rows: Cell[][]): string {
  const write = (cell: Cell) => {
    const text = cell === null ? "" : String(cell);
    // A text that a spreadsheet would run as a formula is kept a text.
    const safe = typeof cell === "string" && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\u{feff}${rows.map((row) => row.map(write).join(",")).join("\r\n")}\r\n`;
}

/** Hand a file made here to the person. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
