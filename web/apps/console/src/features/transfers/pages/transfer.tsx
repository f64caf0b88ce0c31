import "../parts/transfers.css";

import { useT } from "@lingqu/i18n";
import { Facts, Instant, Page, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useMe } from "../../../lib/me";
import { transferQuery } from "../api/transfers";
import { TransferLines } from "../parts/lines";
import { TransferStatus } from "../parts/status";
import { AmountsDialog, EndDialog } from "../parts/step-dialogs";
import { possibleSteps, type Step } from "../parts/steps";

/** One transfer: what was asked for, what is on its way, what arrived and what never will. */
export function TransferPage() {
  const { t } = useT("transfers");
  const can = useCan();
  const me = useMe();
  const { transferId } = useParams({ from: "/shell/transfers/$transferId" });
  const { data: transfer } = useSuspenseQuery(transferQuery(transferId));
  const [step, setStep] = useState<Step | null>(null);
  const isOwn = transfer.organization_id === me.organization_id && can("stock.transfer");
  const steps = isOwn ? possibleSteps(transfer) : [];
  const close = () => {
    setStep(null);
  };
  return (
    <Page
      title={`${transfer.from_node_name} → ${transfer.to_node_name}`}
      back={
        <Link to="/transfers" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<TransferStatus status={transfer.status} />}
      actions={steps.map((one, index) => (
        <Button
          key={one}
          type={index === 0 && (one === "ship" || one === "receive") ? "primary" : "default"}
          onClick={() => {
            setStep(one);
          }}
        >
          {t(`step.${one}.submit`)}
        </Button>
      ))}
    >
      <Section>
        <Facts
          items={[
            { label: t("from"), value: transfer.from_node_name },
            { label: t("to"), value: transfer.to_node_name },
            { label: t("askedAt"), value: <Instant at={transfer.requested_at} /> },
            { label: t("askedBy"), value: transfer.requested_by ?? "—" },
            ...(transfer.closed_at ? [{ label: t("closedAt"), value: <Instant at={transfer.closed_at} /> }] : []),
            ...(transfer.note ? [{ label: t("note"), value: transfer.note }] : []),
            ...(transfer.reason ? [{ label: t("reason"), value: transfer.reason }] : []),
          ]}
        />
      </Section>
      <TransferLines transfer={transfer} />
      {(step === "ship" || step === "receive") && <AmountsDialog transfer={transfer} step={step} onClose={close} />}
      {(step === "close" || step === "cancel") && <EndDialog transfer={transfer} step={step} onClose={close} />}
    </Page>
  );
}
