import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Form, InputNumber, Radio } from "antd";

import { StepDialog } from "../../../lib/step-dialog";
import { askPlan, plansKey } from "../api/plans";

interface Values {
  goal: "serve" | "weigh";
  late: number;
  split: number;
  seconds: number;
  gap: number;
}

const INITIAL: Values = { goal: "serve", late: 5, split: 5, seconds: 20, gap: 0 };
const minor = (amount: number) => Math.round(amount * 100);

/** What a plan shall weigh, and how long it may take. */
export function AskDialog({ onClose }: { onClose: () => void }) {
  const { t } = useT("plans");
  const navigate = useNavigate();
  return (
    <StepDialog<Values>
      changes={plansKey}
      title={t("ask.title")}
      submit={t("ask.submit")}
      initial={INITIAL}
      send={async ({ goal, late, split, seconds, gap }, key) => {
        const asked = await askPlan(
          {
            late_minor: goal === "serve" ? null : minor(late),
            split_minor: minor(split),
            time_limit_s: seconds,
            gap_ppm: Math.round(gap * 10_000),
          },
          key,
        );
        await navigate({ to: "/backlog-plans/$planId", params: { planId: asked.id } });
      }}
      onClose={onClose}
    >
      <p className="lq-soft">{t("ask.hint")}</p>
      <Form.Item name="goal" label={t("ask.goal")}>
        <Radio.Group
          options={(["serve", "weigh"] as const).map((value) => ({ value, label: t(`ask.goals.${value}`) }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["goal"]}>
        {({ getFieldValue }) =>
          getFieldValue("goal") === "weigh" && (
            <Form.Item name="late" label={t("ask.late")} extra={t("ask.lateHint")}>
              <InputNumber min={0.01} max={100_000} precision={2} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="split" label={t("ask.split")} extra={t("ask.splitHint")}>
        <InputNumber min={0} max={100_000} precision={2} />
      </Form.Item>
      <Form.Item name="seconds" label={t("ask.seconds")} extra={t("ask.secondsHint")}>
        <InputNumber min={1} max={300} precision={0} />
      </Form.Item>
      <Form.Item name="gap" label={t("ask.gap")} extra={t("ask.gapHint")}>
        <InputNumber min={0} max={20} precision={2} suffix="%" />
      </Form.Item>
    </StepDialog>
  );
}
