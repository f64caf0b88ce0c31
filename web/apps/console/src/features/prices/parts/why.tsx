import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Money, ProblemAlert, Tag, usePhone } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { DatePicker, Drawer, Form, InputNumber, Skeleton } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import type { Offer } from "../api/offers";
import { type TraceStep, whyQuery } from "../api/why";

/** Why this price: the rule that won, and each that lost with the condition on which it lost. */
export function Why({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const { t } = useT("prices");
  const names = useNames();
  const isPhone = usePhone();
  const [packs, setPacks] = useState(1);
  const [day, setDay] = useState<Dayjs | null>(null);
  const found = useQuery(
    whyQuery({
      seller_id: offer.seller_id,
      buyer_id: offer.buyer_id,
      business_on: day?.format("YYYY-MM-DD") ?? null,
      lines: [{ sku_id: offer.sku_id, pack_id: offer.pack_id, packs }],
    }),
  );
  const line = found.data?.lines[0];
  const currency = found.data?.currency ?? offer.currency;
  return (
    <Drawer
      open
      title={t("why.title")}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "85%" : 520}
      onClose={onClose}
    >
      <h3 className="lq-why-name">{names(offer.name_zh, offer.name_en)}</h3>
      <p className="lq-soft">
        {names(offer.pack_name_zh, offer.pack_name_en)} · {offer.seller_name}
      </p>
      <Form layout="vertical" className="lq-why-ask">
        <Form.Item label={t("why.packs")} htmlFor="why-packs">
          <InputNumber
            id="why-packs"
            min={1}
            max={1_000_000}
            precision={0}
            value={packs}
            onChange={(typed) => {
              setPacks(typed ?? 1);
            }}
          />
        </Form.Item>
        <Form.Item label={t("why.day")} htmlFor="why-day">
          <DatePicker id="why-day" value={day} onChange={setDay} placeholder={t("why.today")} inputReadOnly />
        </Form.Item>
      </Form>
      {found.error && <ProblemAlert problem={asProblem(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton active />}
      {line && (
        <>
          <p className="lq-why-price" aria-live="polite">
            {line.item_id === null ? (
              t("noPrice")
            ) : (
              <Money minor={line.price_minor} currency={currency} tone="strong" />
            )}
            {line.item_id !== null && (
              <span className="lq-soft lq-small">
                {" "}
                {line.is_tax_included ? t("taxIn") : t("taxOut")} · {t("why.total")}{" "}
                <Money minor={line.total_minor} currency={currency} />
              </span>
            )}
          </p>
          <ol className="lq-trace-list" aria-label={t("why.title")}>
            {(line.trace ?? []).map((step) => (
              <Step key={`${step.list_id}-${step.item_id}-${step.audience}`} step={step} currency={currency} />
            ))}
          </ol>
        </>
      )}
    </Drawer>
  );
}

function Step({ step, currency }: { step: TraceStep; currency: string }) {
  const { t, i18n } = useT("prices");
  const reason = i18n.exists(`prices:lost.${step.lost_on}`)
    ? t(`lost.${step.lost_on as "quantity"}`, { wants: step.wants })
    : step.lost_on;
  return (
    <li className={step.is_winner ? "lq-won" : undefined}>
      <div className="lq-slip-head">
        <span>
          <span className="lq-strong">{step.list_name}</span> <span className="lq-soft lq-small">{step.list_code}</span>
        </span>
        <Money minor={step.price_minor} currency={currency} tone={step.is_winner ? "strong" : "soft"} />
      </div>
      <div className="lq-row lq-small">
        <span className="lq-soft">
          {t(`audience.${step.audience}`)} · {t("fromPacks", { packs: step.min_packs })}
        </span>
        {step.is_winner ? <Tag tone="good">{t("why.won")}</Tag> : <span className="lq-soft">{reason}</span>}
      </div>
    </li>
  );
}
