import { useT } from "@lingqu/i18n";
import { Button } from "antd";
import { useState } from "react";

import { StepDialog } from "../../../lib/step-dialog";
import { editLink, linksKey, type TradeLink } from "../api/links";

type Step = "suspend" | "resume" | "close";
const POSSIBLE: Record<TradeLink["status"], Step[]> = {
  active: ["suspend", "close"],
  suspended: ["resume", "close"],
  closed: ["resume"],
};
const STATUS = { suspend: "suspended", resume: "active", close: "closed" } as const;

/** Stop the trade of a link for a while or for good, or let it go on. */
export function LinkSteps({ link }: { link: TradeLink }) {
  const { t } = useT("links");
  const [asked, setAsked] = useState<Step | null>(null);
  return (
    <>
      {POSSIBLE[link.status].map((step) => (
        <Button
          key={step}
          danger={step === "close"}
          onClick={() => {
            setAsked(step);
          }}
        >
          {t(`step.${step}`)}
        </Button>
      ))}
      {asked && (
        <StepDialog
          changes={linksKey}
          title={t(`step.${asked}`)}
          submit={t(`step.${asked}`)}
          isDangerous={asked !== "resume"}
          send={() => editLink(link.id, { status: STATUS[asked] }, link.version)}
          onClose={() => {
            setAsked(null);
          }}
        >
          <p>{t(`stepHint.${asked}`)}</p>
        </StepDialog>
      )}
    </>
  );
}
