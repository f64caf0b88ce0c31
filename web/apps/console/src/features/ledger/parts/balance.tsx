import { useT } from "@lingqu/i18n";
import { Money } from "@lingqu/ui";

import type { Account } from "../api/accounts";

/** What we have rather than owe: people expect money in the till above zero, though a ledger counts credits. */
const HAVINGS = new Set(["cash", "receivable"]);

/** An amount on an account with the sign that people expect. */
export function shownOf(account: Account, minor: number): number {
  return HAVINGS.has(account.kind) && minor !== 0 ? -minor : minor;
}

/** A balance in words: between two parties it says who owes whom, so that nobody has to know the sign. */
export function Balance({ account, minor }: { account: Account; minor: number }) {
  const { t } = useT("ledger");
  if (account.counterparty === null || minor === 0) {
    return <Money minor={shownOf(account, minor)} currency={account.currency} tone="strong" />;
  }
  return (
    <span>
      <Money minor={Math.abs(minor)} currency={account.currency} tone="strong" />{" "}
      <span className="lq-soft lq-small">{minor > 0 ? t("weOwe") : t("theyOwe")}</span>
    </span>
  );
}
