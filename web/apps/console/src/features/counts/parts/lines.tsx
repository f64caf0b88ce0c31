import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day, Nothing, Quantity } from "@lingqu/ui";
import { InputNumber, Segmented } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import type { CountLine } from "../api/counts";
import { countedOf, type Entries, keyOf, typed } from "./entries";

const SHOWN = ["all", "open", "different"] as const;
const AT_ONCE = 100;

interface Props {
  lines: readonly CountLine[];
  entries: Entries;
  isOpen: boolean;
  onEntries: (change: (before: Entries) => Entries) => void;
}

/** The lines of a sheet: what was found, beside what the books said when it was entered. */
export function CountLines({ lines, entries, isOpen, onEntries }: Props) {
  const { t } = useT("counts");
  const names = useNames();
  const [shown, setShown] = useState<(typeof SHOWN)[number]>("all");
  const [most, setMost] = useState(AT_ONCE);
  const wanted = lines.filter(
    (line) =>
      shown === "all" ||
      (shown === "open" ? countedOf(line, entries) === null : line.difference !== 0 && line.difference !== null),
  );
  const columns: Column<CountLine>[] = [
    {
      key: "goods",
      title: t("goods"),
      phone: "title",
      render: (line) => (
        <div>
          {names(line.name_zh, line.name_en)}
          <div className="lq-soft lq-small">{line.sku_code}</div>
        </div>
      ),
    },
    {
      key: "lot",
      title: t("lot"),
      render: (line) =>
        line.lot_code === null ? (
          <Nothing />
        ) : (
          <span>
            {line.lot_code}{" "}
            {line.expires_on && (
              <span className="lq-soft lq-small">
                · <Day on={line.expires_on} />
              </span>
            )}
          </span>
        ),
    },
    {
      key: "expected",
      title: t("expected"),
      isNumber: true,
      render: (line) =>
        line.expected === null ? <Nothing /> : <Quantity base={line.expected} unit={line.base_unit} />,
    },
    {
      key: "counted",
      title: t("counted"),
      isNumber: true,
      phone: "aside",
      render: (line) =>
        isOpen ? (
          <InputNumber
            aria-label={`${names(line.name_zh, line.name_en)} ${line.lot_code ?? ""} ${t("counted")}`}
            min={0}
            precision={0}
            value={countedOf(line, entries)}
            status={entries[keyOf(line)] === undefined ? "" : "warning"}
            suffix={line.base_unit}
            style={{ width: 130 }}
            onChange={(counted) => {
              onEntries((before) => typed(before, line, counted));
            }}
          />
        ) : line.counted === null ? (
          <Nothing />
        ) : (
          <Quantity base={line.counted} unit={line.base_unit} />
        ),
    },
    {
      key: "difference",
      title: t("difference"),
      isNumber: true,
      render: (line) =>
        line.difference === null || entries[keyOf(line)] !== undefined ? (
          <Nothing />
        ) : (
          <span
            className={line.difference < 0 ? "lq-negative lq-strong" : line.difference > 0 ? "lq-strong" : "lq-soft"}
          >
            {line.difference > 0 && "+"}
            <Quantity base={line.difference} unit={line.base_unit} />
          </span>
        ),
    },
    { key: "by", title: t("enteredBy"), phone: "none", render: (line) => line.entered_by ?? <Nothing /> },
  ];
  return (
    <DataTable
      label={t("lines")}
      columns={columns}
      rowKey={keyOf}
      pages={{
        rows: wanted.slice(0, most),
        isLoading: false,
        isLoadingMore: false,
        hasMore: wanted.length > most,
        loadMore: () => {
          setMost(most + AT_ONCE);
        },
        error: null,
        reload: () => undefined,
      }}
      toolbar={
        <Segmented
          aria-label={t("show.label")}
          value={shown}
          options={SHOWN.map((value) => ({ value, label: t(`show.${value}`) }))}
          onChange={(value) => {
            setShown(value);
            setMost(AT_ONCE);
          }}
        />
      }
      blank={{ title: t(`show.none.${shown}`) }}
    />
  );
}
