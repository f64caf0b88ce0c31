import "../parts/approvals.css";

import { useT } from "@lingqu/i18n";
import { Page, Section } from "@lingqu/ui";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Form, InputNumber, Switch } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { useCan } from "../../../lib/access";
import { useMe } from "../../../lib/me";
import { ownRolesQuery, productLinesQuery } from "../api/choices";
import { releaseRuleQuery, rulesQuery, setReleaseRule, setRules } from "../api/rules";
import { LatePolicies } from "../parts/late-policies";
import { Reminders } from "../parts/reminders";
import { RuleRows } from "../parts/rule-rows";
import { bodyOf, type Values, valuesOf } from "../parts/values";

const SELLERS = new Set(["brand", "supplier", "distributor"]);
const BUYERS = new Set(["distributor", "dealer"]);

/** Which orders wait for whose approval, what happens to late payers, and one's own purchases. */
export function RulesPage() {
  const { t } = useT("approvals");
  const me = useMe();
  const can = useCan();
  return (
    <Page title={t("rules.title")}>
      {SELLERS.has(me.kind) && <Rules />}
      {SELLERS.has(me.kind) && <LatePolicies />}
      {BUYERS.has(me.kind) && <Release />}
      {can("reminders.edit") && <Reminders />}
    </Page>
  );
}

function Rules() {
  const { t } = useT("approvals");
  const queries = useQueryClient();
  const { data: rules } = useSuspenseQuery(rulesQuery);
  const { data: roles } = useSuspenseQuery(ownRolesQuery);
  const { data: lines } = useSuspenseQuery(productLinesQuery);
  return (
    <Section title={t("rules.title")}>
      <p className="lq-soft">{t("rules.menuHint")}</p>
      <EditForm<Values>
        record={valuesOf(rules)}
        fields={[
          { name: "is_active", label: t("rules.active"), show: String },
          { name: "rules", label: t("rules.title"), show: (value) => namesOf(value) },
        ]}
        save={(values, version) => setRules(bodyOf(values), version)}
        reload={async () => valuesOf(await queries.query({ ...rulesQuery, staleTime: 0 }))}
        onSaved={() => undefined}
      >
        <Form.Item name="is_active" label={t("rules.active")} valuePropName="checked">
          <Switch />
        </Form.Item>
        <RuleRows roles={roles.items} lines={lines.items} />
      </EditForm>
    </Section>
  );
}

function namesOf(rules: unknown): string {
  return Array.isArray(rules) ? rules.map((rule: { name?: string }) => rule.name ?? "").join(" → ") : "";
}

function Release() {
  const { t } = useT("approvals");
  const queries = useQueryClient();
  const { data: rule } = useSuspenseQuery(releaseRuleQuery);
  const record = (one: typeof rule) => ({
    above: one.above_minor === null ? null : one.above_minor / 100,
    version: one.version,
  });
  return (
    <Section title={t("release.title")}>
      <p className="lq-soft">{t("release.hint")}</p>
      <EditForm<{ above: number | null }>
        record={record(rule)}
        fields={[{ name: "above", label: t("release.above"), show: String }]}
        save={({ above }, version) => setReleaseRule(above === null ? null : Math.round(above * 100), version)}
        reload={async () => record(await queries.query({ ...releaseRuleQuery, staleTime: 0 }))}
        onSaved={() => undefined}
      >
        <Form.Item name="above" label={t("release.above")} extra={t("release.off")}>
          <InputNumber min={0} max={90_000_000_000_000} precision={2} style={{ width: "100%" }} />
        </Form.Item>
      </EditForm>
    </Section>
  );
}
