import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, Page } from "@lingqu/ui";
import { Link, useNavigate } from "@tanstack/react-router";

import { basketsQuery, type Draft } from "../api/baskets";
import { BasketState } from "../parts/basket-state";

/** Baskets of one's own organization: kept, waiting for a colleague, or sent back. */
export function BasketsPage() {
  const { t } = useT("approvals");
  const navigate = useNavigate();
  const pages = usePages(basketsQuery);
  const columns: Column<Draft>[] = [
    {
      key: "seller",
      title: t("basket.seller"),
      phone: "title",
      render: (row) => (
        <Link to="/baskets/$basketId" params={{ basketId: row.id }} className="lq-link">
          {row.seller_name}
        </Link>
      ),
    },
    { key: "state", title: t("state"), phone: "aside", render: (row) => <BasketState draft={row} /> },
    { key: "by", title: t("basket.submittedBy"), render: (row) => row.submitted_by_name },
    { key: "at", title: t("basket.savedAt"), render: (row) => <Instant at={row.saved_at} /> },
  ];
  return (
    <Page title={t("basket.list")}>
      <DataTable
        label={t("basket.list")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        onOpen={(row) => void navigate({ to: "/baskets/$basketId", params: { basketId: row.id } })}
        blank={{ title: t("basket.blank"), hint: t("basket.blankHint") }}
      />
    </Page>
  );
}
