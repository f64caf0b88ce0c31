import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Money, Quantity } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";

import { ExportButton } from "../../../lib/export-button";
import { useListState } from "../../../lib/list-state";
import { useNames } from "../../../lib/names";
import {
  type PlanDocument,
  type PlannedLine,
  type PlanOrder,
  type PlanOrderFilter,
  planOrdersQuery,
} from "../api/plans";
import { OrderState } from "./state";
import { linesOf, servedOf, wayOf } from "./values";

const STATES = ["moves", "stays", "applied", "skipped"] as const;

/** What the plan does with each order, line by line, and why. */
export function PlanOrders({ plan }: { plan: PlanDocument }) {
  const { t } = useT("plans");
  const names = useNames();
  const [state, setState] = useListState();
  const filter = state as PlanOrderFilter;
  const pages = usePages(planOrdersQuery(plan.id, filter));
  const nodes = new Map(plan.nodes.map((node) => [node.id, node.name]));
  const nameOf = (id: number) => nodes.get(id) ?? String(id);
  const goodsOf = (order: PlanOrder, line: PlannedLine) => order.skus?.find((sku) => sku.id === line.sku_id);
  const nameOfGoods = (order: PlanOrder, line: PlannedLine) => {
    const sku = goodsOf(order, line);
    return sku ? names(sku.name_zh, sku.name_en) : String(line.sku_id);
  };
  const columns: Column<PlanOrder>[] = [
    {
      key: "order",
      title: t("order"),
      phone: "title",
      render: (row) => (
        <div>
          <Link to="/orders/$orderId" params={{ orderId: row.id }} className="lq-link lq-number">
            {row.number ?? t("noNumber")}
          </Link>
          <div className="lq-soft lq-small">
            {row.buyer_level ? `${row.buyer_name} · ${row.buyer_level}` : row.buyer_name}
          </div>
          <div className="lq-soft lq-small">
            <Instant at={row.placed_at} />
          </div>
        </div>
      ),
    },
    { key: "state", title: t("result"), phone: "aside", render: (row) => <OrderState order={row} /> },
    {
      key: "lines",
      title: t("moves"),
      render: (row) => (
        <div className="lq-stack">
          {row.content.lines.map((line) => (
            <Line
              key={line.line_no}
              line={line}
              goods={nameOfGoods(row, line)}
              unit={goodsOf(row, line)?.base_unit ?? ""}
              currency={plan.currency}
              nameOf={nameOf}
            />
          ))}
        </div>
      ),
    },
    {
      key: "way",
      title: t("way"),
      isNumber: true,
      render: (row) => (
        <span>
          <Money minor={row.content.way_before_minor} currency={plan.currency} /> →{" "}
          <Money minor={row.content.way_after_minor} currency={plan.currency} />
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={t("moves")}
      columns={columns}
      rowKey={(row) => row.id}
      pages={pages}
      state={state}
      onState={setState}
      search={t("search")}
      filters={[
        {
          name: "state",
          label: t("result"),
          options: STATES.map((value) => ({ value, label: t(`orderState.${value}`) })),
        },
      ]}
      toolbar={
        <ExportButton
          name={t("title")}
          query={linesOf(planOrdersQuery(plan.id, filter, 200))}
          columns={[
            { title: t("order"), text: ({ order }) => order.number ?? order.id },
            { title: t("buyer"), text: ({ order }) => order.buyer_name },
            { title: t("result"), text: ({ order }) => t(`orderState.${order.state}`) },
            { title: t("skippedWhy"), text: ({ order }) => (order.why ? t(`skipped.${order.why}`) : "") },
            { title: t("line"), text: ({ line }) => line.line_no },
            { title: t("goods"), text: ({ order, line }) => nameOfGoods(order, line) },
            { title: t("where"), text: ({ line }) => wayOf(line, nameOf) },
            { title: t("open"), text: ({ line }) => line.open },
            { title: t("before"), text: ({ line }) => line.reserved },
            { title: t("after"), text: ({ line }) => servedOf(line) },
            { title: t("reason"), text: ({ line }) => t(`why.${line.why}`) },
          ]}
        />
      }
      blank={{ title: t("noOrders") }}
    />
  );
}

function Line(props: {
  line: PlannedLine;
  goods: string;
  unit: string;
  currency: string;
  nameOf: (id: number) => string;
}) {
  const { t } = useT("plans");
  const { line, goods, unit, currency, nameOf } = props;
  return (
    <details>
      <summary>
        {goods} · {wayOf(line, nameOf)} · <Quantity base={line.reserved} unit={unit} /> →{" "}
        <Quantity base={servedOf(line)} unit={unit} /> / <Quantity base={line.open} unit={unit} />{" "}
        <span className="lq-soft">{t(`why.${line.why}`)}</span>
      </summary>
      <ul className="lq-small">
        {line.options.map((option) => (
          <li key={option.node_id}>
            {nameOf(option.node_id)}
            {": "}
            {t("free")} <Quantity base={option.free} unit={unit} />
            {option.km !== null && ` · ${t("km", { km: option.km })}`} ·{" "}
            <Money minor={option.cost_minor} currency={currency} />
          </li>
        ))}
      </ul>
    </details>
  );
}
