import { useT } from "@lingqu/i18n";
import { Facts, Instant, Money, Page, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useMe } from "../../../lib/me";
import { agreementQuery } from "../api/agreements";
import { Ageing } from "../parts/ageing";
import { ChangeDialog } from "../parts/change-dialog";
import { CreditState } from "../parts/status";
import { ResumeDialog, SuspendDialog } from "../parts/step-dialogs";

/** One credit line: its limit, how it is used, and how old what is owed is. */
export function AgreementPage() {
  const { t } = useT("credit");
  const can = useCan();
  const me = useMe();
  const { agreementId } = useParams({ from: "/shell/credit/$agreementId" });
  const { data: agreement } = useSuspenseQuery(agreementQuery(agreementId));
  const [dialog, setDialog] = useState<"change" | "suspend" | "resume" | null>(null);
  const isOwn = agreement.seller_id === me.organization_id && can("credit.grant");
  const steps = new Set(agreement.steps ?? []);
  const close = () => {
    setDialog(null);
  };
  const money = (minor: number) => <Money minor={minor} currency={agreement.currency} tone="strong" />;
  const ask = (name: "change" | "suspend" | "resume") => (
    <Button
      onClick={() => {
        setDialog(name);
      }}
    >
      {t(`action.${name}`)}
    </Button>
  );
  return (
    <Page
      title={agreement.buyer_id === me.organization_id ? agreement.seller_name : agreement.buyer_name}
      back={
        <Link to="/credit" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<CreditState agreement={agreement} />}
      actions={
        isOwn && (
          <>
            {ask("change")}
            {steps.has("suspend") && ask("suspend")}
            {steps.has("resume") && ask("resume")}
          </>
        )
      }
      about={`${agreement.seller_name} → ${agreement.buyer_name}`}
    >
      {agreement.suspended_reason && (
        <Alert type="warning" showIcon title={t("status.suspended")} description={agreement.suspended_reason} />
      )}
      <Section
        title={t("usage")}
        extra={
          can("ledger.see") && (
            <Link to="/ledger/$accountId" params={{ accountId: agreement.account_id }} className="lq-link">
              {t("toAccount")} →
            </Link>
          )
        }
      >
        <Facts
          items={[
            { label: t("limit"), value: money(agreement.limit_minor) },
            { label: t("owed"), value: money(agreement.owed_minor) },
            { label: t("held"), value: money(agreement.held_minor) },
            { label: t("available"), value: money(agreement.available_minor) },
            ...(agreement.over_limit_minor
              ? [{ label: t("overLimit"), value: money(agreement.over_limit_minor) }]
              : []),
          ]}
        />
      </Section>
      <Section title={t("ageing")}>
        <Ageing agreement={agreement} />
      </Section>
      <Section title={t("about")}>
        <Facts
          items={[
            { label: t("paymentDays"), value: agreement.payment_days },
            { label: t("grantedAt"), value: <Instant at={agreement.granted_at} /> },
            { label: t("grantedBy"), value: agreement.granted_by ?? "—" },
            { label: t("terms"), value: agreement.terms || "—" },
          ]}
        />
      </Section>
      {dialog === "change" && <ChangeDialog agreement={agreement} onClose={close} />}
      {dialog === "suspend" && <SuspendDialog agreement={agreement} onClose={close} />}
      {dialog === "resume" && <ResumeDialog agreement={agreement} onClose={close} />}
    </Page>
  );
}
