import { useT } from "@lingqu/i18n";
import { parseMoney } from "@lingqu/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Form, Select } from "antd";
import { useState } from "react";

import { useMe } from "../../../lib/me";
import { StepDialog } from "../../../lib/step-dialog";
import { useRested } from "../../../lib/use-rested";
import { buyersQuery, creditKey, currencyQuery, grantCredit } from "../api/agreements";
import { CreditFields } from "./fields";

const PAUSE_MS = 250;

interface Values {
  buyer_id: number;
  limit_minor: string;
  payment_days: number;
  terms?: string;
}

/** Let a buyer owe money. */
export function GrantDialog({ onClose }: { onClose: () => void }) {
  const { t } = useT("credit");
  const me = useMe();
  const navigate = useNavigate();
  const currency = useQuery(currencyQuery(me.organization_id)).data;
  const [typed, setTyped] = useState("");
  const found = useQuery({
    ...buyersQuery(me.organization_id, useRested(typed.trim(), PAUSE_MS)),
    placeholderData: keepPreviousData,
  });
  return (
    <StepDialog<Values>
      changes={creditKey}
      title={t("grant.title")}
      submit={t("grant.submit")}
      initial={{ payment_days: 30 }}
      send={async ({ buyer_id, limit_minor, payment_days, terms = "" }, key) => {
        const made = await grantCredit(
          {
            buyer_id,
            limit_minor: currency === undefined ? 0 : (parseMoney(limit_minor, currency) ?? 0),
            payment_days,
            terms,
          },
          key,
        );
        await navigate({ to: "/credit/$agreementId", params: { agreementId: made.id } });
      }}
      onClose={onClose}
    >
      <Form.Item name="buyer_id" label={t("buyer")} rules={[{ required: true, message: t("common:required") }]}>
        <Select
          loading={found.isFetching}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          options={(found.data?.items ?? []).map((link) => ({ value: link.buyer_id, label: link.buyer_name }))}
        />
      </Form.Item>
      {currency !== undefined && <CreditFields currency={currency} />}
    </StepDialog>
  );
}
