import type { ReactNode } from "react";

/** One column of a table, and where it goes on a phone's card. */
export interface Column<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** The name by which the server sorts; without it the column cannot be sorted. */
  sort?: string;
  isNumber?: boolean;
  width?: number | string;
  /** `title` heads the card, `aside` stands at its right, `line` follows with its name, `none` is left out. */
  phone?: "title" | "aside" | "line" | "none";
}

export interface FilterOption {
  value: string;
  label: string;
}

export interface Filter {
  name: string;
  label: string;
  options: FilterOption[];
}

/** What a person asked a list for; it lives in the address, so that it survives reload and can be shared. */
export type ListState = Readonly<Partial<Record<string, string>>>;
