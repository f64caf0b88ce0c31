import { newKey } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { decimals, parseMoney, ProblemAlert } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";

import { useFormProblem } from "../problem-form";
import { paymentsKey, startPayment } from "./payments";
import { PaymentDrawer } from "./payment-drawer";

interface Props {
  seller: number;
  currency: string;
  order?: string;
  amountMinor?: number;
}

/** A button that pays a seller online. */
export function PayOnline(props: Props) {
  const { t } = useT("payments");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        {t("payOnline")}
      </Button>
      {isOpen && (
        <PayDialog
          {...props}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

/** Ask how much to pay a seller online, and then show how the payment fares. */
export function PayDialog({ seller, currency, order, amountMinor, onClose }: Props & { onClose: () => void }) {
  const { t } = useT("payments");
  const queries = useQueryClient();
  const [form] = Form.useForm<{ amount: string }>();
  const trouble = useFormProblem(form);
  const [started, setStarted] = useState<string | null>(null);
  const [key, setKey] = useState(newKey);
  const starting = useMutation({
    mutationFn: ({ amount }: { amount: string }) =>
      startPayment(
        { seller_id: seller, amount_minor: parseMoney(amount, currency) ?? 0, ...(order ? { order_id: order } : {}) },
        key,
      ),
    onMutate: trouble.clear,
    onError: (error) => {
      setKey(newKey());
      trouble.show(error);
    },
    onSuccess: (log) => {
      setStarted(log.payment.id);
      return queries.invalidateQueries({ queryKey: paymentsKey });
    },
  });
  if (started) return <PaymentDrawer id={started} onClose={onClose} />;
  return (
    <Modal
      open
      title={t("payOnline")}
      okText={t("payOnline")}
      onOk={form.submit}
      okButtonProps={{ loading: starting.isPending }}
      // Closed before the answer it would lose the key, and a second try would be a second payment.
      onCancel={() => {
        if (!starting.isPending) onClose();
      }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          amount: amountMinor === undefined ? "" : (amountMinor / 10 ** decimals(currency)).toFixed(decimals(currency)),
        }}
        onFinish={(values) => {
          starting.mutate(values);
        }}
      >
        {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
        <Form.Item
          name="amount"
          label={t("amount")}
          extra={order ? t("forOrderHint") : t("inAdvanceHint")}
          rules={[
            {
              validator: (_, value: string) =>
                (parseMoney(value, currency) ?? 0) > 0
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("common:required"))),
            },
          ]}
        >
          <Input inputMode="decimal" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
