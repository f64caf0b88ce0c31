import { newKey, ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Form, Input } from "antd";
import { useState } from "react";

import { StepDialog } from "../../../lib/step-dialog";
import { enrolMember, membersKey, registerMember } from "../api/members";

interface Values {
  phone: string;
  name: string;
}

/** Register a member. Who is one elsewhere already comes here with one press more, under the name given there. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useT("members");
  const navigate = useNavigate();
  const [taken, setTaken] = useState<string | null>(null);
  const [enrolmentKey] = useState(newKey);
  return (
    <StepDialog<Values>
      changes={membersKey}
      title={t("register.title")}
      submit={taken === null ? t("register.submit") : t("register.enrol")}
      send={async (values, key) => {
        const send = () =>
          values.phone === taken ? enrolMember(values.phone, enrolmentKey) : registerMember(values, key);
        try {
          const member = await send();
          await navigate({ to: "/members/$memberId", params: { memberId: member.id } });
        } catch (error) {
          const isTaken = error instanceof ProblemError && error.code === "membership.phone-taken";
          setTaken(isTaken ? values.phone : null);
          throw error;
        }
      }}
      onClose={onClose}
    >
      <Form.Item
        name="phone"
        label={t("phone")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input inputMode="tel" maxLength={40} autoFocus />
      </Form.Item>
      <Form.Item
        name="name"
        label={t("name")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
    </StepDialog>
  );
}
