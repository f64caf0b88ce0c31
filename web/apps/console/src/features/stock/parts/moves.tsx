import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Nothing, Quantity } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import { useNames } from "../../../lib/names";
import { type MoveFilter, type MoveLine, movesQuery } from "../api/moves";

/** Moves: why on-hand is what it is. */
export function Moves({ filter, isOfOne }: { filter: MoveFilter; isOfOne: boolean }) {
  const { t } = useT("stock");
  const names = useNames();
  const pages = usePages(movesQuery(filter));
  const columns: Column<MoveLine>[] = [
    { key: "at", title: t("at"), phone: "title", render: (row) => <Instant at={row.recorded_at} /> },
    { key: "kind", title: t("kind"), phone: "title", render: (row) => t(`move.${row.kind}`) },
    ...(isOfOne
      ? []
      : [
          { key: "goods", title: t("goods"), render: (row: MoveLine) => names(row.name_zh, row.name_en) },
          { key: "node", title: t("node"), render: (row: MoveLine) => row.node_name },
        ]),
    { key: "state", title: t("bin"), render: (row) => t(`state.${row.state}`) },
    { key: "lot", title: t("lot"), render: (row) => row.lot_code ?? <Nothing /> },
    {
      key: "quantity",
      title: t("change"),
      isNumber: true,
      phone: "aside",
      render: (row) => (
        <span className={row.quantity < 0 ? "lq-negative" : undefined}>
          {row.quantity > 0 && "+"}
          <Quantity base={row.quantity} unit={row.base_unit} />
        </span>
      ),
    },
    {
      key: "document",
      title: t("document"),
      render: (row) =>
        row.document_kind === "order" ? (
          <Link to="/orders/$orderId" params={{ orderId: row.document_id }} className="lq-link">
            {t("toOrder")}
          </Link>
        ) : (
          (row.reason ?? <Nothing />)
        ),
    },
    { key: "who", title: t("who"), render: (row) => row.user_name ?? t("system") },
  ];
  return (
    <DataTable
      label={t("moves")}
      columns={columns}
      rowKey={(row) => row.id}
      pages={pages}
      blank={{ title: t("noMoves") }}
    />
  );
}
