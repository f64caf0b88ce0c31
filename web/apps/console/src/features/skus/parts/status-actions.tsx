import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal } from "antd";
import { useState } from "react";

import { archiveSKU, discontinueSKU, reactivateSKU } from "../api/change-status";
import type { SKU } from "../api/sku";
import { skusKey } from "../api/skus";

type Step = "discontinue" | "reactivate" | "archive";

const STEPS: Record<SKU["status"], Step[]> = {
  active: ["discontinue"],
  discontinued: ["archive", "reactivate"],
  archived: ["reactivate"],
};

/** Take a SKU out of sale and bring it back. */
export function StatusActions({ sku }: { sku: SKU }) {
  const { t } = useT("skus");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Step | null>(null);
  const change = useMutation({
    mutationFn: (step: Step) => {
      if (step === "discontinue") return discontinueSKU(sku.id, sku.version, null);
      return step === "archive" ? archiveSKU(sku.id, sku.version) : reactivateSKU(sku.id, sku.version);
    },
    onSuccess: () => {
      setAsked(null);
      void message.success(t("common:done"));
    },
    // Stale or in another state by now: either way the page shows what is true.
    onSettled: () => queries.invalidateQueries({ queryKey: skusKey }),
  });
  return (
    <>
      {STEPS[sku.status].map((step) => (
        <Button
          key={step}
          onClick={() => {
            change.reset();
            setAsked(step);
          }}
        >
          {t(`step.${step}`)}
        </Button>
      ))}
      {asked && (
        <Modal
          open
          title={t(`step.${asked}`)}
          okText={t(`step.${asked}`)}
          cancelText={t("common:cancel")}
          okButtonProps={{ loading: change.isPending }}
          onOk={() => {
            change.mutate(asked);
          }}
          onCancel={() => {
            setAsked(null);
          }}
        >
          {change.error && <ProblemAlert problem={asProblem(change.error)} />}
          <p>{t(`stepHint.${asked}`)}</p>
        </Modal>
      )}
    </>
  );
}
