import { useT } from "@lingqu/i18n";
import { Money } from "@lingqu/ui";
import { Alert, Button } from "antd";

import type { Unsent } from "./till-state";

/** Sales that the server has not answered for: kept, sent again by themselves, never sold twice. */
export function UnsentSales({
  unsent,
  isSending,
  onSend,
}: {
  unsent: Unsent[];
  isSending: boolean;
  onSend: () => void;
}) {
  const { t } = useT("till");
  const currency = unsent[0]?.currency;
  if (currency === undefined) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={
        <>
          {t("unsent.title", { count: unsent.length })}{" "}
          <Money minor={unsent.reduce((sum, one) => sum + one.total_minor, 0)} currency={currency} tone="strong" />
        </>
      }
      description={t("unsent.hint")}
      action={
        <Button loading={isSending} onClick={onSend}>
          {t("unsent.send")}
        </Button>
      }
    />
  );
}
