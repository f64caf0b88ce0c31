import { usePhone } from "../use-phone";
import { TableCards } from "./cards";
import { TableRows } from "./rows";
import type { Column } from "./types";

/** Rows that are all here already: a table, or cards on a phone; nothing to search, sort or page. */
export function Listing<Row>({
  label,
  columns,
  rows,
  rowKey,
}: {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string | number;
}) {
  const isPhone = usePhone();
  const Shape = isPhone ? TableCards : TableRows;
  return <Shape label={label} columns={columns} rows={rows} rowKey={rowKey} onSort={() => undefined} />;
}
