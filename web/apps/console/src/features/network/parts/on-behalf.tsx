import { useT } from "@lingqu/i18n";
import { Facts, Section } from "@lingqu/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Form, Select } from "antd";

import { useCan } from "../../../lib/access";
import { EditForm } from "../../../lib/edit-form";
import { useMe } from "../../../lib/me";
import type { TradeLink } from "../api/links";
import { behalfQuery, type OnBehalf, setBehalf } from "../api/on-behalf";

const SAYINGS = ["allowed", "consent", "never"] as const;

/** Whether the seller may order for the buyer: each side says its own, and the stricter word holds. */
export function OnBehalfRule({ link }: { link: TradeLink }) {
  const me = useMe();
  const can = useCan();
  const isSide = me.organization_id === link.seller_id || me.organization_id === link.buyer_id;
  return isSide && can("orders.see") ? <Rule link={link} isSeller={me.organization_id === link.seller_id} /> : null;
}

function Rule({ link, isSeller }: { link: TradeLink; isSeller: boolean }) {
  const { t } = useT("links");
  const can = useCan();
  const queries = useQueryClient();
  const query = behalfQuery(link.seller_id, link.buyer_id);
  const rule = useQuery(query).data;
  if (!rule) return null;
  const record = (one: typeof rule) => ({
    says: (isSeller ? one.seller_says : one.buyer_says) ?? "allowed",
    version: one.version ?? 0,
  });
  const said = (value: OnBehalf | undefined) => t(`behalf.says.${value ?? "allowed"}`);
  return (
    <Section title={t("behalf.title")}>
      <Facts
        items={[
          { label: t("behalf.seller"), value: said(rule.seller_says) },
          { label: t("behalf.buyer"), value: said(rule.buyer_says) },
          { label: t("behalf.holds"), value: said(rule.holds) },
        ]}
      />
      {can("orders.rules") && (
        <EditForm<{ says: OnBehalf }>
          record={record(rule)}
          fields={[{ name: "says", label: t("behalf.own"), show: (value) => said(value as OnBehalf) }]}
          save={({ says }, version) => setBehalf(link.seller_id, link.buyer_id, says, version)}
          reload={async () => record(await queries.query({ ...query, staleTime: 0 }))}
          onSaved={() => {
            void queries.invalidateQueries({ queryKey: query.queryKey });
          }}
        >
          <Form.Item name="says" label={t("behalf.own")} extra={t("behalf.hint")}>
            <Select options={SAYINGS.map((value) => ({ value, label: t(`behalf.says.${value}`) }))} />
          </Form.Item>
        </EditForm>
      )}
    </Section>
  );
}
