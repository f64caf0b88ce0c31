import { useT } from "@lingqu/i18n";
import { Facts, Instant, Page, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button, Progress } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useMe } from "../../../lib/me";
import { StepDialog } from "../../../lib/step-dialog";
import { applyPlan, discardPlan, isRunning, type PlanDocument, planQuery, plansKey } from "../api/plans";
import { Figures } from "../parts/figures";
import { PlanOrders } from "../parts/orders";
import { PlanState } from "../parts/state";

type Step = "apply" | "discard";

/** One plan: its figures beside greedy and doing nothing, what moves and why, and what became of it. */
export function PlanPage() {
  const { t } = useT("plans");
  const me = useMe();
  const can = useCan();
  const { planId } = useParams({ from: "/shell/backlog-plans/$planId" });
  const { data: plan } = useSuspenseQuery(planQuery(planId));
  const [step, setStep] = useState<Step | null>(null);
  const isOwn = plan.seller_id === me.organization_id && can("routing.plan");
  return (
    <Page
      title={t("one")}
      back={
        <Link to="/backlog-plans" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<PlanState state={plan.state} />}
      actions={
        isOwn &&
        stepsOf(plan).map((one) => (
          <Button
            key={one}
            type={one === "apply" ? "primary" : "default"}
            onClick={() => {
              setStep(one);
            }}
          >
            {t(`step.${one}.submit`)}
          </Button>
        ))
      }
    >
      <Section>
        <Facts
          items={[
            { label: t("seller"), value: plan.seller_name },
            { label: t("askedAt"), value: <Instant at={plan.asked_at} /> },
            { label: t("askedBy"), value: plan.asked_by_name ?? "—" },
            ...(plan.ended_at ? [{ label: t("endedAt"), value: <Instant at={plan.ended_at} /> }] : []),
            ...(plan.ended_by_name ? [{ label: t("endedBy"), value: plan.ended_by_name }] : []),
            ...(plan.state === "applied"
              ? [
                  { label: t("orderState.applied"), value: plan.applied_count },
                  { label: t("orderState.skipped"), value: plan.skipped_count },
                ]
              : []),
          ]}
        />
        {isRunning(plan) && <Running plan={plan} />}
      </Section>
      {plan.summary && (
        <>
          <Figures plan={plan} summary={plan.summary} />
          <PlanOrders plan={plan} />
        </>
      )}
      {step && (
        <StepDialog
          changes={plansKey}
          title={t(`step.${step}.title`)}
          submit={t(`step.${step}.submit`)}
          isDangerous={step === "discard"}
          send={(_, key) => (step === "apply" ? applyPlan(plan.id, key) : discardPlan(plan.id, key))}
          onClose={() => {
            setStep(null);
          }}
        >
          <p>{t(`step.${step}.hint`)}</p>
        </StepDialog>
      )}
    </Page>
  );
}

function stepsOf(plan: PlanDocument): Step[] {
  if (plan.state === "ready") return plan.summary?.move_count ? ["apply", "discard"] : ["discard"];
  return isRunning(plan) ? ["discard"] : [];
}

function Running({ plan }: { plan: PlanDocument }) {
  const { t } = useT("plans");
  const percent = plan.total_count ? Math.floor((plan.done_count * 100) / plan.total_count) : 0;
  return (
    <div role="status">
      <p>
        {plan.state === "waiting" ? t("running.waiting") : t("running.solving", { seconds: plan.ask.time_limit_s })}
      </p>
      <Progress percent={percent} status="active" aria-label={t("running.progress")} />
    </div>
  );
}
