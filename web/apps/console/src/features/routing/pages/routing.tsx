import { useT } from "@lingqu/i18n";
import { Page, Section } from "@lingqu/ui";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Form, InputNumber, Select, Switch } from "antd";

import { useCan } from "../../../lib/access";
import { EditForm } from "../../../lib/edit-form";
import { useMe } from "../../../lib/me";
import { ownNodesQuery } from "../api/nodes";
import { setSetting, settingQuery } from "../api/setting";
import { AmountField } from "../parts/amount-field";
import { NodeRows } from "../parts/node-rows";
import { Offers } from "../parts/offers";
import { bodyOf, nodesOf, percentOf, type Values, valuesOf } from "../parts/values";

const RULES = ["stock", "splits", "preferred", "distance", "cost", "lead-time", "freshness", "load"] as const;

/** By which rules one's orders find their warehouse: the first that is decisive wins. */
export function RoutingPage() {
  const { t } = useT("routing");
  const me = useMe();
  const can = useCan();
  const queries = useQueryClient();
  const { data: setting } = useSuspenseQuery(settingQuery);
  const { data: nodes } = useSuspenseQuery(ownNodesQuery(me.organization_id));
  const sources = nodesOf(setting, nodes.items);
  const record = valuesOf(setting, sources);
  const offers = setting.offers ?? [];
  const nameOf = (offer: (typeof offers)[number]) =>
    offer.is_active
      ? t("offerOf", { name: offer.seller_name, rate: percentOf(offer.fee_ppm) })
      : t("offerEnded", { name: offer.seller_name });
  return (
    <Page title={t("title")}>
      <Section title={t("rules")}>
        <p className="lq-soft">{t("hint")}</p>
        {sources.length < 2 && offers.length === 0 && <p>{t("oneNode")}</p>}
        <fieldset disabled={!can("routing.edit")} className="lq-plain">
          <EditForm<Values>
            record={record}
            fields={[
              { name: "is_active", label: t("isActive"), show: String },
              { name: "rules", label: t("rules"), show: String },
            ]}
            save={(values, version) => setSetting(bodyOf(values, setting), version)}
            reload={async () => {
              const read = await queries.query({ ...settingQuery, staleTime: 0 });
              return valuesOf(read, nodesOf(read, nodes.items));
            }}
            onSaved={() => undefined}
          >
            <Form.Item name="is_active" label={t("isActive")} valuePropName="checked">
              <Switch />
            </Form.Item>
            <Form.Item name="rules" label={t("order")} rules={[{ required: true }]}>
              <Select mode="multiple" options={RULES.map((rule) => ({ value: rule, label: t(`rule.${rule}`) }))} />
            </Form.Item>
            <div className="lq-pair">
              <Form.Item name="distance_step_km" label={t("distanceStep")} rules={[{ required: true }]}>
                <InputNumber min={1} max={1000} precision={0} />
              </Form.Item>
              <Form.Item name="min_days_left" label={t("minDaysLeft")} rules={[{ required: true }]}>
                <InputNumber min={0} max={3650} precision={0} />
              </Form.Item>
              <AmountField name="cost_step_minor" label={t("costStep")} currency={setting.currency} max={10_000} />
            </div>
            <div className="lq-pair">
              <Form.Item name="accept_hours" label={t("acceptHours")} extra={t("acceptHint")}>
                <InputNumber min={1} max={720} precision={0} />
              </Form.Item>
              <Form.Item name="max_parts" label={t("maxParts")} extra={t("maxPartsHint")} rules={[{ required: true }]}>
                <InputNumber min={1} max={10} precision={0} />
              </Form.Item>
            </div>
            {offers.length > 0 && (
              <Form.Item name="direct" label={t("direct")} extra={t("directHint")}>
                <Select
                  mode="multiple"
                  options={offers.map((offer) => ({ value: offer.seller_id, label: nameOf(offer) }))}
                />
              </Form.Item>
            )}
            <NodeRows nodes={sources} setting={setting} />
          </EditForm>
        </fieldset>
      </Section>
      <Offers nodes={nodes.items} />
    </Page>
  );
}
