import "../parts/prices.css";

import { useT } from "@lingqu/i18n";
import { Page } from "@lingqu/ui";
import { Segmented } from "antd";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { Offers } from "../parts/offers";
import { PriceLists } from "../parts/price-lists";
import { SoldOffers } from "../parts/sold-offers";

const VIEWS = {
  platform: ["lists"],
  brand: ["sell", "lists"],
  supplier: ["sell", "lists"],
  distributor: ["buy", "sell", "lists"],
  dealer: ["buy"],
} as const;

/** What we pay, what our buyers pay, and the lists behind it. */
export function PricesPage() {
  const { t } = useT("prices");
  const me = useMe();
  const can = useCan();
  const [state, setState] = useListState();
  const views = VIEWS[me.kind as keyof typeof VIEWS].filter((view) => view !== "lists" || can("prices.lists"));
  const view = views.find((one) => one === state.view) ?? views[0];
  return (
    <Page title={t("title")}>
      {views.length > 1 && (
        <Segmented
          aria-label={t("view.label")}
          value={view ?? ""}
          options={views.map((value) => ({ value, label: t(`view.${value}`) }))}
          onChange={(chosen) => {
            setState({ view: chosen, q: "", sort: "", status: "", buyer: "" });
          }}
        />
      )}
      {view === "buy" && <Offers side={{ buyer_id: me.organization_id }} />}
      {view === "sell" && <SoldOffers />}
      {view === "lists" && <PriceLists />}
    </Page>
  );
}
