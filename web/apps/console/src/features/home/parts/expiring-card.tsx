import { useT } from "@lingqu/i18n";
import { Day, Quantity } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { expiringQuery, type StockLine } from "../api/work";
import { Card } from "./card";

const SOON_DAYS = 30;

/** Goods that must be sold soon. */
export function ExpiringCard() {
  const { t } = useT("home");
  const names = useNames();
  const me = useMe();
  const query = useQuery(expiringQuery(me.organization_id, SOON_DAYS));
  return (
    <Card<StockLine>
      title={t("expiring", { days: SOON_DAYS })}
      all={
        <Link to="/stock" search={{ expires_within_days: String(SOON_DAYS), sort: "expiry" }} className="lq-link">
          {t("all")}
        </Link>
      }
      query={query}
      itemKey={(line) => line.id}
      blank={t("nothingExpires")}
      render={(line) => (
        <Link to="/stock/$nodeId/$skuId" params={{ nodeId: line.node_id, skuId: line.sku_id }} className="lq-home-item">
          <span>
            <span className="lq-strong">{names(line.name_zh, line.name_en)}</span>
            <span className="lq-soft lq-small">
              {t("expiresOn")} <Day on={line.next_expiry_on} />
            </span>
          </span>
          <Quantity base={line.on_hand ?? line.free} unit={line.base_unit} />
        </Link>
      )}
    />
  );
}
