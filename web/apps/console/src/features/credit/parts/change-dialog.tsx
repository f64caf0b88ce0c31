import { useT } from "@lingqu/i18n";
import { decimals, parseMoney } from "@lingqu/ui";
import { useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { type Agreement, agreementQuery, changeCredit, creditKey } from "../api/agreements";
import { CreditFields } from "./fields";

interface Values {
  limit_minor: string;
  payment_days: number;
  terms: string;
}

function valuesOf(agreement: Agreement): Values & { version: number } {
  const places = decimals(agreement.currency);
  return {
    limit_minor: (agreement.limit_minor / 10 ** places).toFixed(places),
    payment_days: agreement.payment_days,
    terms: agreement.terms,
    version: agreement.version,
  };
}

/** Change limit, days or terms; another who did so meanwhile is met in a conflict. */
export function ChangeDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const { t } = useT("credit");
  const queries = useQueryClient();
  const { id, currency } = agreement;
  return (
    <Modal open title={t("change.title")} footer={null} onCancel={onClose}>
      <p className="lq-soft">{t("change.hint")}</p>
      <EditForm<Values>
        record={valuesOf(agreement)}
        fields={[
          { name: "limit_minor", label: t("limit") },
          { name: "payment_days", label: t("paymentDays") },
          { name: "terms", label: t("terms") },
        ]}
        save={({ limit_minor, payment_days, terms }, version) =>
          changeCredit(id, { limit_minor: parseMoney(limit_minor, currency) ?? 0, payment_days, terms }, version)
        }
        reload={async () => valuesOf(await queries.query({ ...agreementQuery(id), staleTime: 0 }))}
        onSaved={() => {
          void queries.invalidateQueries({ queryKey: creditKey });
          onClose();
        }}
        onCancel={onClose}
      >
        <CreditFields currency={currency} />
      </EditForm>
    </Modal>
  );
}
