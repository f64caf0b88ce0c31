import { asProblem, type Pages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Select, Skeleton } from "antd";
import type { ReactNode } from "react";

import { Blank } from "../blank";
import { ProblemAlert } from "../problem-alert";
import { usePhone } from "../use-phone";
import { TableCards } from "./cards";
import { More } from "./more";
import { TableRows } from "./rows";
import { SearchBox } from "./search-box";
import type { Column, Filter, ListState } from "./types";

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rowKey: (row: Row) => string | number;
  pages: Pages<Row>;
  onOpen?: (row: Row) => void;
  /** What was asked for; without it the list has neither search nor filters nor sorting. */
  state?: ListState;
  onState?: (change: ListState) => void;
  search?: string;
  filters?: Filter[];
  toolbar?: ReactNode;
  blank: { title: string; hint?: string; action?: ReactNode };
}

/** Every list of the console: the server sorts, filters, searches and pages; a phone sees cards. */
export function DataTable<Row>(props: Props<Row>) {
  const { t } = useT();
  const isPhone = usePhone();
  const { label, columns, rowKey, pages, onOpen, state = {}, onState, blank } = props;
  const isNarrowed = Boolean(state.q) || (props.filters ?? []).some((filter) => state[filter.name]);
  return (
    <div className="lq-list">
      <Toolbar {...props} />
      {pages.error && <ProblemAlert problem={asProblem(pages.error)} onRetry={pages.reload} />}
      {pages.isLoading && <Skeleton active title={false} paragraph={{ rows: 6 }} className="lq-list-wait" />}
      {!pages.isLoading && !pages.error && pages.rows.length === 0 && (
        <Blank
          {...(isNarrowed
            ? { title: t("table.noMatch"), hint: t("table.noMatchHint") }
            : { title: blank.title, hint: blank.hint, action: blank.action })}
        />
      )}
      {pages.rows.length > 0 &&
        (isPhone ? (
          <TableCards label={label} columns={columns} rows={pages.rows} rowKey={rowKey} onOpen={onOpen} />
        ) : (
          <TableRows
            label={label}
            columns={columns}
            rows={pages.rows}
            rowKey={rowKey}
            onOpen={onOpen}
            sort={state.sort}
            onSort={(sort) => onState?.({ sort })}
          />
        ))}
      {pages.hasMore && <More key={pages.rows.length} isLoading={pages.isLoadingMore} onMore={pages.loadMore} />}
    </div>
  );
}

function Toolbar<Row>({ search, filters = [], toolbar, state = {}, onState }: Props<Row>) {
  if (!search && filters.length === 0 && !toolbar) return null;
  return (
    <div className="lq-toolbar">
      {search && (
        <div className="lq-toolbar-search">
          <SearchBox
            label={search}
            value={state.q ?? ""}
            onChange={(q) => {
              onState?.({ q });
            }}
          />
        </div>
      )}
      {(filters.length > 0 || toolbar) && (
        <div className="lq-toolbar-rest">
          {filters.map((filter) => (
            <Select
              key={filter.name}
              allowClear
              aria-label={filter.label}
              placeholder={filter.label}
              className="lq-toolbar-filter"
              popupMatchSelectWidth={false}
              options={filter.options}
              value={state[filter.name] ?? null}
              onChange={(value: string | null | undefined) => {
                onState?.({ [filter.name]: value ?? "" });
              }}
            />
          ))}
          {toolbar}
        </div>
      )}
    </div>
  );
}
