import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import type { MouseEvent } from "react";

import { Scroll } from "../scroll";
import type { Column } from "./types";

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string | number;
  onOpen?: ((row: Row) => void) | undefined;
  sort?: string | undefined;
  onSort: (sort: string) => void;
}

/** Rows as a table, for a wide window. */
export function TableRows<Row>({ label, columns, rows, rowKey, onOpen, sort, onSort }: Props<Row>) {
  // A click on a link, a button or selected text is not a wish to open the row.
  const open = (event: MouseEvent, row: Row) => {
    const isOwn = (event.target as HTMLElement).closest("a, button, input, label, [role=spinbutton]");
    if (!isOwn && !window.getSelection()?.toString()) onOpen?.(row);
  };
  return (
    <Scroll label={label}>
      <table className="lq-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                style={{ width: column.width }}
                className={column.isNumber ? "lq-right" : undefined}
                aria-sort={sortOf(column, sort)}
              >
                {column.sort ? <SortButton column={column} sort={sort} onSort={onSort} /> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={onOpen ? "lq-row-open" : undefined}
              onClick={(event) => {
                open(event, row);
              }}
            >
              {columns.map((column) => (
                <td key={column.key} className={column.isNumber ? "lq-right" : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function sortOf<Row>(column: Column<Row>, sort: string | undefined) {
  if (!column.sort || sort?.replace("-", "") !== column.sort) return undefined;
  return sort.startsWith("-") ? "descending" : "ascending";
}

function SortButton<Row>({ column, sort, onSort }: Pick<Props<Row>, "sort" | "onSort"> & { column: Column<Row> }) {
  const order = sortOf(column, sort);
  const next = order === "ascending" ? `-${column.sort ?? ""}` : (column.sort ?? "");
  return (
    <button
      type="button"
      className="lq-sort"
      onClick={() => {
        onSort(next);
      }}
    >
      {column.title}
      {order === "ascending" && <ArrowUpOutlined aria-hidden />}
      {order === "descending" && <ArrowDownOutlined aria-hidden />}
    </button>
  );
}
