import "./base.css";
import "./page.css";
import "./parts.css";
import "./table/table.css";

export { Blank } from "./blank";
export { decimals, formatMoney, formatQuantity, type PackOf, parseMoney } from "./format";
export { Day, Instant, Nothing } from "./moment";
export { Money } from "./money";
export { Facts, Page, Section } from "./page";
export { ProblemAlert } from "./problem-alert";
export { Quantity } from "./quantity";
export { DataTable } from "./table/data-table";
export { More } from "./table/more";
export { SearchBox } from "./table/search-box";
export type { Column, Filter, FilterOption, ListState } from "./table/types";
export { Tag, type Tone } from "./tag";
export { COLOR, theme } from "./theme";
export { usePhone } from "./use-phone";
