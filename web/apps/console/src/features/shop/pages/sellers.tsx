import "../parts/shop.css";

import { asProblem, usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, Page, ProblemAlert } from "@lingqu/ui";
import { Link, Navigate } from "@tanstack/react-router";
import { Skeleton } from "antd";

import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { sellersQuery } from "../api/sellers";

/** Whom to buy from; who has one seller goes straight to its goods. */
export function SellersPage() {
  const { t } = useT("shop");
  const me = useMe();
  const [state] = useListState();
  const pages = usePages(sellersQuery(me.organization_id));
  const [only] = pages.rows;
  if (only && pages.rows.length === 1 && !state.all) {
    return <Navigate to="/shop/$sellerId" params={{ sellerId: only.seller_id }} replace />;
  }
  return (
    <Page title={t("title")} width="narrow">
      {pages.error && <ProblemAlert problem={asProblem(pages.error)} onRetry={pages.reload} />}
      {pages.isLoading && <Skeleton active paragraph={{ rows: 3 }} />}
      {!pages.isLoading && !pages.error && pages.rows.length === 0 && (
        <Blank title={t("noSellers")} hint={t("noSellersHint")} />
      )}
      <ul className="lq-sellers">
        {pages.rows.map((link) => (
          <li key={link.id}>
            <Link to="/shop/$sellerId" params={{ sellerId: link.seller_id }} className="lq-seller">
              <span className="lq-strong">{link.seller_name}</span>
              <span aria-hidden="true">→</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
