import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Instant, Money, ProblemAlert, usePhone } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Drawer, Skeleton } from "antd";

import { entryQuery } from "../api/postings";

/** One entry: from which account to which, and that it balances. */
export function EntryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useT("ledger");
  const isPhone = usePhone();
  const found = useQuery(entryQuery(id));
  const entry = found.data;
  return (
    <Drawer
      open
      title={t("entryTitle")}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "80%" : 520}
      onClose={onClose}
    >
      {found.error && <ProblemAlert problem={asProblem(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton active />}
      {entry && (
        <>
          <p className="lq-soft">
            <Instant at={entry.recorded_at} /> · {entry.user_name ?? t("system")}
            {entry.memo && ` · ${entry.memo}`}
          </p>
          <table className="lq-table">
            <thead>
              <tr>
                <th scope="col">{t("debit")}</th>
                <th scope="col">{t("credit")}</th>
                <th scope="col" className="lq-right">
                  {t("amount")}
                </th>
              </tr>
            </thead>
            <tbody>
              {(entry.postings ?? []).map((posting) => (
                <tr key={posting.line_no}>
                  <td>
                    {t(`kind.${posting.debit_kind}`)}
                    <div className="lq-soft lq-small">{posting.debit_name}</div>
                  </td>
                  <td>
                    {t(`kind.${posting.credit_kind}`)}
                    <div className="lq-soft lq-small">{posting.credit_name}</div>
                  </td>
                  <td className="lq-right">
                    <Money minor={posting.amount_minor} currency={entry.currency} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Drawer>
  );
}
