import { useT } from "@lingqu/i18n";
import { Day, Facts, Instant, Money, Nothing } from "@lingqu/ui";
import { Link } from "@tanstack/react-router";
import { Button, Drawer, Form, Input } from "antd";
import { type ReactNode, useState } from "react";

import { useCan } from "../../../lib/access";
import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import { CAPABILITIES, linksKey } from "../api/links";
import { acceptProposal, declineProposal, type Proposal, withdrawProposal } from "../api/proposals";
import { Capabilities } from "./capabilities";
import { ProposalState } from "./status";

type Step = "accept" | "decline" | "withdraw";

/** What was proposed, on which terms, and what this person may answer. */
export function ProposalDrawer({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) {
  const { t } = useT("links");
  const can = useCan();
  const [asked, setAsked] = useState<Step | null>(null);
  const isOpen = proposal.status === "open" && proposal.is_ours && can("links.grant");
  const steps: Step[] = !isOpen ? [] : proposal.is_sent ? ["withdraw"] : ["decline", "accept"];
  const send: Record<Step, (values: { reason?: string }, key: string) => Promise<unknown>> = {
    accept: (_, key) => acceptProposal(proposal.id, key),
    decline: ({ reason = "" }, key) => declineProposal(proposal.id, reason, key),
    withdraw: (_, key) => withdrawProposal(proposal.id, key),
  };
  return (
    <Drawer
      open
      size={520}
      title={t("proposal.one")}
      onClose={onClose}
      footer={
        steps.length > 0 && (
          <div className="lq-row">
            {steps.map((step) => (
              <Button
                key={step}
                type={step === "accept" ? "primary" : "default"}
                onClick={() => {
                  setAsked(step);
                }}
              >
                {t(`proposal.${step}`)}
              </Button>
            ))}
          </div>
        )
      }
    >
      <ProposalFacts proposal={proposal} />
      {asked && (
        <StepDialog<{ reason?: string }>
          changes={linksKey}
          title={t(`proposal.${asked}`)}
          submit={t(`proposal.${asked}`)}
          isDangerous={asked === "decline"}
          send={async (values, key) => {
            await send[asked](values, key);
            onClose();
          }}
          onClose={() => {
            setAsked(null);
          }}
        >
          <p>{t(`proposal.hint.${asked}`)}</p>
          {asked === "decline" && (
            <Form.Item name="reason" label={t("reason")}>
              <Input.TextArea rows={2} maxLength={500} />
            </Form.Item>
          )}
        </StepDialog>
      )}
    </Drawer>
  );
}

function ProposalFacts({ proposal }: { proposal: Proposal }) {
  const { t } = useT("links");
  const names = useNames();
  const { content: terms } = proposal;
  const above = terms.approval_above_minor ?? null;
  const item = (label: string, value: ReactNode) => ({ label, value });
  return (
    <Facts
      items={[
        item(t("statusLabel"), <ProposalState status={proposal.status} />),
        item(t("seller"), names(proposal.seller_name, proposal.seller_name_en)),
        item(t("buyer"), names(proposal.buyer_name, proposal.buyer_name_en)),
        item(t("proposal.by"), proposal.proposed_by_name),
        item(t("proposal.at"), <Instant at={proposal.proposed_at} />),
        ...(proposal.message ? [item(t("proposal.message"), proposal.message)] : []),
        ...(proposal.status === "open" ? [item(t("proposal.until"), <Instant at={proposal.expires_at} />)] : []),
        item(t("rights"), <Capabilities of={terms.grants?.map(({ capability }) => capability) ?? [...CAPABILITIES]} />),
        item(t("validFrom"), <Day on={terms.valid_from} />),
        item(t("validUntil"), terms.valid_until ? <Day on={terms.valid_until} /> : t("openEnd")),
        item(t("paymentDays"), t("days", { days: terms.payment_days ?? 0 })),
        item(t("shortage"), t(`policy.${terms.shortage_policy ?? "all-or-nothing"}`)),
        item(t("titlePasses"), t(`passes.${terms.title_passes ?? "shipment"}`)),
        item(t("approvalAbove"), above === null ? <Nothing /> : <Money minor={above} currency={proposal.currency} />),
        ...(proposal.decided_at === null ? [] : [item(t("proposal.decidedAt"), <Instant at={proposal.decided_at} />)]),
        ...(proposal.decided_by_name ? [item(t("proposal.decidedBy"), proposal.decided_by_name)] : []),
        ...(proposal.reason ? [item(t("reason"), proposal.reason)] : []),
        ...(proposal.link_id === null
          ? []
          : [
              item(
                t("title"),
                <Link to="/links/$linkId" params={{ linkId: proposal.link_id }} className="lq-link">
                  {t("proposal.toLink")} →
                </Link>,
              ),
            ]),
      ]}
    />
  );
}
