import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, InputNumber, Radio } from "antd";
import { useState } from "react";

import { DayInput, today } from "../../../lib/day-input";
import { useMe } from "../../../lib/me";
import { chosenQuery } from "../../../lib/organizations";
import { StepDialog } from "../../../lib/step-dialog";
import { CAPABILITIES, type Grant } from "../api/links";
import { type NewProposal, proposalsKey, proposeLink } from "../api/proposals";
import { TermFields } from "./link-terms";
import { bodyOf, NEW_TERMS, type Terms } from "./terms";

interface Values extends Terms {
  side: NewProposal["side"];
  partner_code: string;
  valid_from: string;
  capabilities: Grant["capability"][];
  message?: string;
  answer_within_days: number;
}

const ANSWER_DAYS = 14;

/** Propose a link to an organization elsewhere in the network, known by its code; the other side decides. */
export function Propose({ onClose }: { onClose: () => void }) {
  const { t } = useT("links");
  const me = useMe();
  const own = useQuery(chosenQuery(me.organization_id)).data;
  const currency = own?.currency ?? "CNY";
  const [from, setFrom] = useState(today());
  const required = [{ required: true, whitespace: true, message: t("common:required") }];
  const needed = [{ required: true, message: t("common:required") }];
  return (
    <StepDialog<Values>
      changes={proposalsKey}
      title={t("proposal.new")}
      submit={t("proposal.send")}
      width={680}
      initial={{
        ...NEW_TERMS,
        side: me.kind === "dealer" ? "buying" : "selling",
        valid_from: from,
        capabilities: [...CAPABILITIES],
        answer_within_days: ANSWER_DAYS,
      }}
      send={({ side, partner_code, valid_from, capabilities, message, answer_within_days, ...terms }, key) =>
        proposeLink(
          {
            side,
            partner_code,
            terms: {
              valid_from,
              ...bodyOf(terms, currency),
              grants: capabilities.map((capability) => ({ capability })),
            },
            message: message ?? "",
            answer_within_days,
          },
          key,
        )
      }
      onClose={onClose}
    >
      <Form.Item name="side" label={t("proposal.side")}>
        <Radio.Group
          options={(["selling", "buying"] as const).map((value) => ({ value, label: t(`proposal.${value}`) }))}
        />
      </Form.Item>
      <div className="lq-pair">
        <Form.Item
          name="partner_code"
          label={t("proposal.partnerCode")}
          extra={own ? t("proposal.codeHint", { code: own.code }) : undefined}
          rules={required}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="valid_from" label={t("validFrom")} rules={needed}>
          <DayInput
            onChange={(day) => {
              setFrom(day ?? today());
            }}
          />
        </Form.Item>
      </div>
      <Form.Item name="capabilities" label={t("rights")} rules={needed}>
        <Checkbox.Group options={CAPABILITIES.map((value) => ({ value, label: t(`capability.${value}`) }))} />
      </Form.Item>
      <TermFields currency={currency} from={from} />
      <div className="lq-pair">
        <Form.Item name="message" label={t("proposal.message")}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="answer_within_days" label={t("proposal.answerWithin")} rules={needed}>
          <InputNumber min={1} max={90} precision={0} suffix={t("unit.days")} style={{ width: "100%" }} />
        </Form.Item>
      </div>
    </StepDialog>
  );
}
