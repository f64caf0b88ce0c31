import { useT } from "@lingqu/i18n";
import { Day } from "@lingqu/ui";
import { useQueryClient } from "@tanstack/react-query";

import { type EditField, EditForm } from "../../../lib/edit-form";
import { editLink, linkQuery, linksKey, type TradeLink } from "../api/links";
import { TermFields } from "./link-terms";
import { bodyOf, type Terms, termsOf } from "./terms";

/** The terms of a link, unless somebody else changed them meanwhile. */
export function EditLink({ link, onClose }: { link: TradeLink; onClose: () => void }) {
  const { t } = useT("links");
  const queries = useQueryClient();
  const fields: EditField[] = [
    { name: "valid_until", label: t("validUntil"), show: (day) => <Day on={day as string | null} /> },
    { name: "shortage_policy", label: t("shortage"), show: (one) => t(`policy.${one as "take-free"}`) },
    { name: "title_passes", label: t("titlePasses"), show: (one) => t(`passes.${one as "receipt"}`) },
    { name: "payment_days", label: t("paymentDays") },
    { name: "approval_hours", label: t("approvalHours") },
    { name: "approval_above", label: t("approvalAbove") },
  ];
  return (
    <EditForm<Terms>
      record={termsOf(link)}
      fields={fields}
      save={(values, version) => editLink(link.id, bodyOf(values, link.currency), version)}
      reload={async () => termsOf(await queries.query({ ...linkQuery(link.id), staleTime: 0 }))}
      onSaved={() => {
        void queries.invalidateQueries({ queryKey: linksKey });
        onClose();
      }}
      onCancel={onClose}
    >
      <TermFields currency={link.currency} from={link.valid_from} />
    </EditForm>
  );
}
