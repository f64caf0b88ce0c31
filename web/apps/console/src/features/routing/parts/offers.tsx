import { useT } from "@lingqu/i18n";
import { Section, Tag } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Button, Form, InputNumber, Select, Switch } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { StepDialog } from "../../../lib/step-dialog";
import { type MadeOffer, type NewOffer, offersKey, offersQuery, setOffer } from "../api/offers";
import { percentOf, ppmOf } from "./values";

interface Node {
  id: number;
  name: string;
}

/** Whom one offers to send straight to their own buyers, and for which fee. */
export function Offers({ nodes }: { nodes: Node[] }) {
  const { t } = useT("routing");
  const can = useCan();
  const { data } = useSuspenseQuery(offersQuery);
  const [asked, setAsked] = useState<MadeOffer | null>(null);
  if (data.offers.length === 0) return null;
  return (
    <Section title={t("offers.title")}>
      <p className="lq-soft">{t("offers.hint")}</p>
      <ul className="lq-plain lq-stack">
        {data.offers.map((offer) => (
          <li key={offer.buyer_id} className="lq-row lq-between">
            <span className="lq-row">
              <strong>{offer.buyer_name}</strong>
              <State offer={offer} />
              {offer.version > 0 && (
                <span className="lq-soft">{t("offers.rate", { rate: percentOf(offer.fee_ppm) })}</span>
              )}
              {offer.is_used && <span className="lq-soft">{t("offers.used")}</span>}
            </span>
            {can("routing.edit") && (
              <Button
                size="small"
                onClick={() => {
                  setAsked(offer);
                }}
              >
                {t("offers.edit")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <OfferDialog
          offer={asked}
          nodes={nodes}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </Section>
  );
}

function State({ offer }: { offer: MadeOffer }) {
  const { t } = useT("routing");
  if (offer.version === 0) return <Tag tone="neutral">{t("offers.none")}</Tag>;
  return <Tag tone={offer.is_active ? "good" : "warn"}>{t(offer.is_active ? "offers.open" : "offers.ended")}</Tag>;
}

function OfferDialog({ offer, nodes, onClose }: { offer: MadeOffer; nodes: Node[]; onClose: () => void }) {
  const { t } = useT("routing");
  return (
    <StepDialog<Required<NewOffer>>
      changes={offersKey}
      title={offer.buyer_name}
      submit={t("common:save")}
      initial={{
        is_active: offer.version === 0 || (offer.is_active ?? true),
        fee_ppm: offer.fee_ppm,
        node_ids: offer.node_ids ?? [],
      }}
      send={(values) => setOffer(offer.buyer_id, values, offer.version)}
      onClose={onClose}
    >
      <Form.Item name="is_active" label={t("offers.isActive")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item
        name="fee_ppm"
        label={t("offers.fee")}
        rules={[{ required: true }]}
        getValueProps={(ppm: number | null | undefined) => ({ value: percentOf(ppm) })}
        normalize={ppmOf}
      >
        <InputNumber min={0} max={50} precision={4} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="node_ids" label={t("offers.nodes")} extra={t("offers.nodesHint")}>
        <Select mode="multiple" options={nodes.map((node) => ({ value: node.id, label: node.name }))} />
      </Form.Item>
    </StepDialog>
  );
}
