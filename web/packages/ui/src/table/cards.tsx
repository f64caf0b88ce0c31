import type { KeyboardEvent, MouseEvent } from "react";

import type { Column } from "./types";

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string | number;
  onOpen?: ((row: Row) => void) | undefined;
}

/** Rows as cards, for a phone. */
export function TableCards<Row>({ label, columns, rows, rowKey, onOpen }: Props<Row>) {
  const at = (place: Column<Row>["phone"]) => columns.filter((column) => (column.phone ?? "line") === place);
  const open = (event: MouseEvent | KeyboardEvent, row: Row) => {
    if (!(event.target as HTMLElement).closest("a, button, input")) onOpen?.(row);
  };
  return (
    <ul className="lq-cards" aria-label={label}>
      {rows.map((row) => (
        <li
          key={rowKey(row)}
          className={onOpen ? "lq-card lq-row-open" : "lq-card"}
          onClick={(event) => {
            open(event, row);
          }}
        >
          <div className="lq-card-head">
            <div className="lq-card-title">
              {at("title").map((column) => (
                <div key={column.key}>{column.render(row)}</div>
              ))}
            </div>
            <div className="lq-card-aside">
              {at("aside").map((column) => (
                <div key={column.key}>{column.render(row)}</div>
              ))}
            </div>
          </div>
          <dl>
            {at("line").map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{column.render(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
