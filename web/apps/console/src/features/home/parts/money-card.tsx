import { useT } from "@lingqu/i18n";
import { Money } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { type Account, moneyQuery } from "../api/work";
import { Card } from "./card";

/** What we may still spend with each seller. */
export function MoneyCard() {
  const { t } = useT("home");
  const names = useNames();
  const me = useMe();
  const query = useQuery(moneyQuery(me.organization_id));
  return (
    <Card<Account>
      title={t("money")}
      all={
        <Link to="/ledger" search={{ view: "theirs" }} className="lq-link">
          {t("all")}
        </Link>
      }
      query={query}
      isShown={(account) => account.available_minor !== 0}
      itemKey={(account) => account.id}
      blank={t("noMoney")}
      render={(account) => (
        <Link to="/ledger/$accountId" params={{ accountId: account.id }} className="lq-home-item">
          <span>
            <span className="lq-strong">{t(`ledger:kind.${account.kind}`)}</span>
            <span className="lq-soft lq-small">{names(account.owner_name, account.owner_name_en)}</span>
          </span>
          <span className="lq-home-money">
            <Money minor={account.available_minor ?? account.balance_minor} currency={account.currency} tone="strong" />
            <span className="lq-soft lq-small">{t("available")}</span>
          </span>
        </Link>
      )}
    />
  );
}
