import { useT } from "@lingqu/i18n";
import { Button, Form, Input } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useMe } from "../../../lib/me";
import { StepDialog } from "../../../lib/step-dialog";
import { decideOnOrganization, type Organization, organizationsKey, type Step, takeStep } from "../api/organizations";

const BY_DECISION = ["reject", "approve"];
const BY_STEP: Step[] = ["activate", "suspend", "resume", "close"];
type Name = Step | "approve" | "reject";

/** Move an organization along its life: what its status allows, for those who stand above it. */
export function Steps({ organization }: { organization: Organization }) {
  const { t } = useT("network");
  const can = useCan();
  const me = useMe();
  const [asked, setAsked] = useState<Name | null>(null);
  if (organization.id === me.organization_id) return null;
  const possible = (organization.steps ?? []).filter(
    (step): step is Name =>
      (BY_DECISION.includes(step) && can("network.approve")) || (BY_STEP.includes(step as Step) && can("network.edit")),
  );
  const send = (name: Name, reason: string, key: string) =>
    name === "approve" || name === "reject"
      ? decideOnOrganization(organization.id, name === "approve", reason, key)
      : takeStep(organization.id, name, reason, key);
  return (
    <>
      {possible.map((name) => (
        <Button
          key={name}
          type={name === "approve" || name === "activate" ? "primary" : "default"}
          danger={name === "close"}
          onClick={() => {
            setAsked(name);
          }}
        >
          {t(`step.${name}`)}
        </Button>
      ))}
      {asked && (
        <StepDialog<{ reason?: string }>
          changes={organizationsKey}
          title={t(`step.${asked}`)}
          submit={t(`step.${asked}`)}
          isDangerous={asked === "close" || asked === "reject"}
          send={({ reason = "" }, key) => send(asked, reason, key)}
          onClose={() => {
            setAsked(null);
          }}
        >
          <p className="lq-soft">{t(`stepHint.${asked}`)}</p>
          <Form.Item name="reason" label={t("reason")}>
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
        </StepDialog>
      )}
    </>
  );
}
