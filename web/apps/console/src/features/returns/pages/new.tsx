import "../parts/returns.css";

import { asProblem, newKey, ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Page, ProblemAlert, Section } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Input, Segmented } from "antd";
import { useState } from "react";

import { useMe } from "../../../lib/me";
import {
  askReturn,
  type BackGoods,
  type Partners,
  pasteReturn,
  type Plan,
  planReturn,
  returnsKey,
} from "../api/returns";
import { type GoodsRow, GoodsRows } from "../parts/goods-rows";
import { PartnerSelect } from "../../../lib/partner-select";
import { PasteDialog } from "../../../lib/paste-dialog";
import { PlanView } from "../parts/plan";

const blankRow = (): GoodsRow => ({ key: newKey(), quantity: null, reason: "" });

/** Ask for goods to go back without naming orders: what, the plan, then send. */
export function NewReturnPage() {
  const { t } = useT("returns");
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const sides = me.kind === "dealer" ? (["buyer"] as const) : (["buyer", "seller"] as const);
  const [side, setSide] = useState<"buyer" | "seller">("buyer");
  const [partner, setPartner] = useState<number>();
  const [rows, setRows] = useState([blankRow()]);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [reason, setReason] = useState("");
  const [isPasting, setPasting] = useState(false);
  const [key, setKey] = useState(newKey);
  const show = (found: Plan | null) => {
    setPlan(found);
    setKey(newKey());
  };
  const of: Partners =
    side === "buyer"
      ? { seller_id: partner ?? 0 }
      : { seller_id: me.organization_id, ...(partner === undefined ? {} : { buyer_id: partner }) };
  const planning = useMutation({ mutationFn: (lines: BackGoods[]) => planReturn(of, lines), onSuccess: show });
  const sending = useMutation({
    mutationFn: (found: Plan) => askReturn(of, found, reason.trim(), key),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: returnsKey });
      await navigate({ to: "/joint-returns/$returnId", params: { returnId: id } });
    },
    // Somebody else was first, or the rule changed: show what would be booked now.
    onError: (error, found) => {
      if (error instanceof ProblemError && error.status === 409) planning.mutate(found.goods);
    },
  });
  const goods = rows.flatMap(({ sku_id, quantity, reason: why }) =>
    sku_id === undefined || !quantity ? [] : [{ sku_id, quantity, reason: why.trim() }],
  );
  const problem = planning.error ?? sending.error;
  return (
    <Page
      title={t("new")}
      width="narrow"
      back={
        <Link to="/joint-returns" className="lq-link">
          ← {t("title")}
        </Link>
      }
    >
      <Section title={t("what")}>
        <div className="lq-stack">
          {sides.length > 1 && (
            <Segmented
              aria-label={t("side.label")}
              value={side}
              options={sides.map((value) => ({ value, label: t(`side.${value}`) }))}
              onChange={(chosen) => {
                setSide(chosen);
                setPartner(undefined);
                show(null);
              }}
            />
          )}
          <PartnerSelect
            key={side}
            label={side === "buyer" ? t("seller") : t("buyer")}
            side={side}
            value={partner}
            onChange={(id) => {
              setPartner(id);
              show(null);
            }}
          />
          <GoodsRows
            rows={rows}
            onChange={(changed) => {
              setRows(changed);
              show(null);
            }}
          />
          <span className="lq-row">
            <Button
              onClick={() => {
                setRows([...rows, blankRow()]);
              }}
            >
              {t("addRow")}
            </Button>
            <Button
              disabled={partner === undefined}
              onClick={() => {
                setPasting(true);
              }}
            >
              {t("paste.title")}
            </Button>
            <Button
              type={plan ? "default" : "primary"}
              disabled={partner === undefined || goods.length === 0}
              loading={planning.isPending}
              onClick={() => {
                planning.mutate(goods);
              }}
            >
              {t("showPlan")}
            </Button>
          </span>
        </div>
      </Section>
      {problem && <ProblemAlert problem={asProblem(problem)} />}
      {plan && <PlanView plan={plan} />}
      {plan && plan.lines.length > 0 && (
        <Section title={t("send")}>
          <div className="lq-stack">
            <Input.TextArea
              aria-label={t("reason")}
              placeholder={t("reason")}
              rows={2}
              maxLength={1000}
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
              }}
            />
            <span>
              <Button
                type="primary"
                disabled={reason.trim() === ""}
                loading={sending.isPending}
                onClick={() => {
                  sending.mutate(plan);
                }}
              >
                {t("ask")}
              </Button>
            </span>
          </div>
        </Section>
      )}
      {isPasting && (
        <PasteDialog
          words="returns"
          read={(text) => pasteReturn(of, text)}
          onRead={show}
          onClose={() => {
            setPasting(false);
          }}
        />
      )}
    </Page>
  );
}
