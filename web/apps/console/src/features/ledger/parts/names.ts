import { useT } from "@lingqu/i18n";

import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import type { Account } from "../api/accounts";

/** With whom an account is, as its reader sees it. */
export function usePartner(): (account: Account) => string {
  const { t } = useT("ledger");
  const names = useNames();
  const me = useMe();
  return (account) => {
    const owner = names(account.owner_name, account.owner_name_en);
    if (account.side === "counterparty") return owner;
    const own = account.owner_id === me.organization_id ? t("ours") : owner;
    return names(account.counterparty_name, account.counterparty_name_en) || own;
  };
}
