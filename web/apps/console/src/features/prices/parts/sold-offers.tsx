import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Blank, ProblemAlert } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Select, Skeleton } from "antd";
import { useState } from "react";

import { useListState } from "../../../lib/list-state";
import { useMe } from "../../../lib/me";
import { buyersQuery } from "../api/buyers";
import { Offers } from "./offers";

/** What one of our buyers pays: choose the buyer, then see its prices and why. */
export function SoldOffers() {
  const { t } = useT("prices");
  const me = useMe();
  const [state, setState] = useListState();
  const [typed, setTyped] = useState("");
  const found = useQuery(buyersQuery(me.organization_id, typed));
  const buyers = found.data?.items ?? [];
  const chosen = state.buyer ? Number(state.buyer) : buyers[0]?.buyer_id;
  if (found.error) return <ProblemAlert problem={asProblem(found.error)} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  if (chosen === undefined) return <Blank title={t("noBuyers")} />;
  return (
    <>
      <Select
        showSearch={{ filterOption: false, onSearch: setTyped }}
        aria-label={t("buyer")}
        className="lq-buyer"
        value={chosen}
        options={buyers.map((link) => ({ value: link.buyer_id, label: link.buyer_name }))}
        onChange={(buyer: number) => {
          setState({ buyer: String(buyer) });
        }}
      />
      <Offers side={{ seller_id: me.organization_id, buyer_id: chosen }} />
    </>
  );
}
