import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";

import { useListState } from "../../../lib/list-state";
import { type BasketFilter, basketsQuery, type Draft } from "../api/baskets";
import { BasketState } from "../parts/basket-state";

/** Baskets of one's own organization: kept for later, waiting for a colleague, or sent back. */
export function BasketsPage() {
  const { t } = useT("approvals");
  const navigate = useNavigate();
  const [state, setState] = useListState();
  const pages = usePages(basketsQuery(state as BasketFilter));
  const columns: Column<Draft>[] = [
    {
      key: "name",
      title: t("basket.name"),
      sort: "name",
      phone: "title",
      render: (row) => (
        <Link to="/baskets/$basketId" params={{ basketId: row.id }} className="lq-link">
          {row.name || t("basket.unnamed")}
        </Link>
      ),
    },
    { key: "state", title: t("state"), phone: "aside", render: (row) => <BasketState draft={row} /> },
    { key: "seller", title: t("basket.seller"), render: (row) => row.seller_name },
    {
      key: "lines",
      title: t("basket.lines"),
      isNumber: true,
      render: (row) => <span className="lq-number">{row.content.lines.length}</span>,
    },
    { key: "by", title: t("basket.submittedBy"), render: (row) => row.submitted_by_name },
    { key: "at", title: t("basket.savedAt"), sort: "saved_at", render: (row) => <Instant at={row.saved_at} /> },
  ];
  return (
    <Page
      title={t("basket.list")}
      actions={
        <Link to="/shop" className="lq-link">
          {t("basket.toShop")} →
        </Link>
      }
    >
      <DataTable
        label={t("basket.list")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/baskets/$basketId", params: { basketId: row.id } })}
        state={{ sort: "-saved_at", ...state }}
        onState={setState}
        search={t("basket.search")}
        filters={[
          {
            name: "state",
            label: t("state"),
            options: (["open", "submitted", "returned"] as const).map((value) => ({
              value,
              label: t(`basket.state.${value}`),
            })),
          },
        ]}
        blank={{ title: t("basket.blank"), hint: t("basket.blankHint") }}
      />
    </Page>
  );
}
