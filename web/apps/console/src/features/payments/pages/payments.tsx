import { useT } from "@lingqu/i18n";
import { Page } from "@lingqu/ui";

import { useListState } from "../../../lib/list-state";
import { PaymentList } from "../../../lib/payments/payment-list";

/** Online payments of both sides; operators find here what needs a person. */
export function PaymentsPage() {
  const { t } = useT("payments");
  const [state, setState] = useListState();
  return (
    <Page title={t("title")}>
      <PaymentList filter={state} state={state} onState={setState} />
    </Page>
  );
}
