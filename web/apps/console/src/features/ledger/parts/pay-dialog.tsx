import { useT } from "@lingqu/i18n";
import { parseMoney } from "@lingqu/ui";
import { Form, Input } from "antd";

import { StepDialog } from "../../../lib/step-dialog";
import { type Account, ledgerKey } from "../api/accounts";
import { payIn } from "../api/pay";

/** Record money that a buyer paid: put down, or paid back on credit. */
export function PayDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useT("ledger");
  const { counterparty_id: buyer, currency, kind } = account;
  if (buyer === null) return null;
  return (
    <StepDialog<{ amount: string; memo?: string }>
      changes={ledgerKey}
      title={t("pay.title")}
      submit={t("pay.submit")}
      send={({ amount, memo = "" }, key) =>
        payIn(
          {
            buyer_id: buyer,
            account: kind === "credit" ? "credit" : "prepaid",
            amount_minor: parseMoney(amount, currency) ?? 0,
            memo,
          },
          key,
        )
      }
      onClose={onClose}
    >
      <Form.Item
        name="amount"
        label={t("amount")}
        rules={[
          {
            validator: (_, typed: string | undefined) =>
              (parseMoney(typed ?? "", currency) ?? 0) > 0
                ? Promise.resolve()
                : Promise.reject(new Error(t("pay.notMoney"))),
          },
        ]}
      >
        <Input inputMode="decimal" prefix={currency} />
      </Form.Item>
      <Form.Item name="memo" label={t("memo")}>
        <Input maxLength={200} />
      </Form.Item>
    </StepDialog>
  );
}
