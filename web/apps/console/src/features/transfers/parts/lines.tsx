import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Nothing, Quantity } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import { useNames } from "../../../lib/names";
import type { Transfer, TransferLine } from "../api/transfers";

/** What was asked for and what has become of it. */
export function TransferLines({ transfer }: { transfer: Transfer }) {
  const { t } = useT("transfers");
  const names = useNames();
  const amount = (line: TransferLine, base: number) =>
    base ? <Quantity base={base} unit={line.base_unit} /> : <Nothing />;
  const columns: Column<TransferLine>[] = [
    {
      key: "goods",
      title: t("goods"),
      phone: "title",
      render: (line) => (
        <div>
          <Link
            to="/stock/$nodeId/$skuId"
            params={{ nodeId: transfer.from_node_id, skuId: line.sku_id }}
            className="lq-link"
          >
            {names(line.name_zh, line.name_en)}
          </Link>
          <div className="lq-soft lq-small">{line.sku_code}</div>
        </div>
      ),
    },
    {
      key: "asked",
      title: t("asked"),
      isNumber: true,
      phone: "aside",
      render: (line) => <Quantity base={line.quantity} unit={line.base_unit} />,
    },
    { key: "shipped", title: t("shipped"), isNumber: true, render: (line) => amount(line, line.shipped) },
    { key: "in_transit", title: t("inTransit"), isNumber: true, render: (line) => amount(line, line.in_transit) },
    { key: "received", title: t("received"), isNumber: true, render: (line) => amount(line, line.received) },
    {
      key: "lost",
      title: t("lost"),
      isNumber: true,
      render: (line) =>
        line.lost ? (
          <span className="lq-negative lq-strong">
            <Quantity base={line.lost} unit={line.base_unit} />
          </span>
        ) : (
          <Nothing />
        ),
    },
  ];
  return (
    <DataTable
      label={t("lines")}
      columns={columns}
      rowKey={(line) => line.line_no}
      pages={{
        rows: transfer.lines ?? [],
        isLoading: false,
        isLoadingMore: false,
        hasMore: false,
        loadMore: () => undefined,
        error: null,
        reload: () => undefined,
      }}
      blank={{ title: t("lines") }}
    />
  );
}
