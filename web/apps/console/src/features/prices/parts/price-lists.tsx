import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Day } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";

import { useListState } from "../../../lib/list-state";
import { type PriceListFilter, type PriceListLine, priceListsQuery } from "../api/price-lists";
import { ListState } from "./list-state";

/** Price lists: whose, for whom, since when. */
export function PriceLists() {
  const { t } = useT("prices");
  const navigate = useNavigate();
  const [{ q, sort, status }, setState] = useListState();
  const state = { ...(q ? { q } : {}), ...(sort ? { sort } : {}), ...(status ? { status } : {}) };
  const pages = usePages(priceListsQuery(state as PriceListFilter));
  const columns: Column<PriceListLine>[] = [
    {
      key: "name",
      title: t("list.name"),
      sort: "name",
      phone: "title",
      render: (row) => (
        <Link to="/prices/$listId" params={{ listId: row.id }} className="lq-link">
          {row.name}
        </Link>
      ),
    },
    { key: "code", title: t("list.code"), render: (row) => row.code },
    { key: "seller", title: t("seller"), render: (row) => row.seller_name },
    {
      key: "audience",
      title: t("list.audience"),
      render: (row) => row.audiences.map((audience) => t(`audience.${audience}`)).join(" · ") || t("list.nobody"),
    },
    {
      key: "count",
      title: t("list.count"),
      isNumber: true,
      render: (row) => <span className="lq-number">{row.item_count}</span>,
    },
    { key: "from", title: t("list.from"), render: (row) => <Day on={row.valid_from} /> },
    { key: "status", title: t("list.status"), phone: "aside", render: (row) => <ListState status={row.status} /> },
  ];
  return (
    <DataTable
      label={t("view.lists")}
      columns={columns}
      rowKey={(row) => row.id}
      pages={pages}
      onOpen={(row) => void navigate({ to: "/prices/$listId", params: { listId: row.id } })}
      state={{ sort: "name", ...state }}
      onState={setState}
      search={t("list.search")}
      filters={[
        {
          name: "status",
          label: t("list.status"),
          options: (["draft", "published", "archived"] as const).map((value) => ({
            value,
            label: t(`list.state.${value}`),
          })),
        },
      ]}
      blank={{ title: t("list.blank") }}
    />
  );
}
