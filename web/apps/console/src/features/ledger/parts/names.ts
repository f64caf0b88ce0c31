import { useT } from "@lingqu/i18n";

import { useNames } from "../../../lib/names";
import type { Account } from "../api/accounts";

/** With whom an account is, as its reader sees it. */
export function usePartner(): (account: Account) => string {
  const { t } = useT("ledger");
  const names = useNames();
  return (account) =>
    account.side === "owner"
      ? names(account.counterparty_name, account.counterparty_name_en) || t("ours")
      : names(account.owner_name, account.owner_name_en);
}
