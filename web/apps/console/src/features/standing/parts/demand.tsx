import { useT } from "@lingqu/i18n";
import { Day, Quantity, Section } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";

import { useNames } from "../../../lib/names";
import { demandQuery } from "../api/standing";

const DAYS = 28;

/** What the buyers' standing orders will ask for, so that the goods can be there. */
export function ExpectedDemand() {
  const { t } = useT("standing");
  const names = useNames();
  const rows = useQuery(demandQuery(DAYS)).data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t("demand", { count: DAYS })}>
      <ul className="lq-rows">
        {rows.map((row) => (
          <li key={row.sku_id} className="lq-rows-line">
            <div>
              <div>{names(row.name_zh, row.name_en)}</div>
              <div className="lq-soft lq-small">
                {row.sku_code} · {t("demandOrders", { count: row.order_count })} · {t("from")}{" "}
                <Day on={row.first_due_on} />
              </div>
            </div>
            <strong>
              <Quantity base={row.quantity} unit={row.base_unit} />
            </strong>
          </li>
        ))}
      </ul>
    </Section>
  );
}
