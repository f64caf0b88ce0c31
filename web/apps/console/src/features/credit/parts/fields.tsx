import { useT } from "@lingqu/i18n";
import { parseMoney } from "@lingqu/ui";
import { Form, Input, InputNumber } from "antd";

/** Limit, days and terms, as granting and changing both ask for them. The limit is typed as money. */
export function CreditFields({ currency }: { currency: string }) {
  const { t } = useT("credit");
  return (
    <>
      <Form.Item
        name="limit_minor"
        label={t("limit")}
        rules={[
          { required: true, message: t("common:required") },
          {
            validator: (_, typed: string | undefined) =>
              !typed || (parseMoney(typed, currency) ?? -1) >= 0
                ? Promise.resolve()
                : Promise.reject(new Error(t("notMoney"))),
          },
        ]}
      >
        <Input inputMode="decimal" prefix={currency} />
      </Form.Item>
      <Form.Item
        name="payment_days"
        label={t("paymentDays")}
        extra={t("paymentDaysHint")}
        rules={[{ required: true, message: t("common:required") }]}
      >
        <InputNumber min={0} max={3650} precision={0} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="terms" label={t("terms")}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </>
  );
}
