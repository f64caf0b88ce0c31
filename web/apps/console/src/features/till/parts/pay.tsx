import { newKey } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { decimals, formatMoney, Money, parseMoney } from "@lingqu/ui";
import { Button, Input, Radio } from "antd";
import { type Ref, useState } from "react";

import type { Quote } from "../api/quote";
import { type Tender, TENDERS } from "../api/sell";
import { changeDue, likelyNotes } from "./cash";
import type { Basket, Unsent } from "./till-state";

interface Props {
  basket: Basket;
  quote: Quote;
  isQuoting: boolean;
  buttonRef: Ref<HTMLButtonElement>;
  onSell: (unsent: Omit<Unsent, "basket">) => void;
}

/** How the customer pays, what was handed over and what goes back, and the button that sells. */
export function Pay({ basket, quote, isQuoting, buttonRef, onSell }: Props) {
  const { t, i18n } = useT("till");
  const [tender, setTender] = useState<Tender>("cash");
  const [typed, setTyped] = useState("");
  const { currency, total_minor: total } = quote;
  const received = tender === "cash" && typed.trim() ? parseMoney(typed, currency) : null;
  const back = changeDue(total, received);
  const isTooLittle = tender === "cash" && typed.trim() !== "" && back === null;
  const isSellable = !isQuoting && !quote.faults?.length && quote.lines.every((line) => !line.faults?.length);
  const sell = () => {
    if (!isSellable || isTooLittle) return;
    onSell({
      // The basket ends with this: a press that comes twice finds it empty.
      key: newKey(),
      sale: {
        lines: basket.lines.map(({ sku_id, pack_id, packs }) => ({ sku_id, pack_id, packs })),
        member_id: basket.member?.id ?? null,
        tender,
        expected_total_minor: total,
      },
      total_minor: total,
      currency,
      received_minor: received,
    });
  };
  return (
    <div className="lq-pay">
      <dl className="lq-sum">
        {quote.tax_minor !== 0 && (
          <div>
            <dt>{t("pay.tax")}</dt>
            <dd>
              <Money minor={quote.tax_minor} currency={currency} />
            </dd>
          </div>
        )}
        <div className="lq-sum-total">
          <dt>{t("pay.total")}</dt>
          <dd>
            <Money minor={total} currency={currency} tone="strong" />
          </dd>
        </div>
      </dl>
      <Radio.Group
        className="lq-tenders"
        optionType="button"
        buttonStyle="solid"
        aria-label={t("pay.tender")}
        value={tender}
        options={TENDERS.map((value) => ({ value, label: t(`tender.${value}`) }))}
        onChange={(event) => {
          setTender(event.target.value as Tender);
        }}
      />
      {tender === "cash" && (
        <>
          <div className="lq-notes">
            {likelyNotes(total, 10 ** decimals(currency)).map((sum) => (
              <Button
                key={sum}
                size="small"
                aria-pressed={received === sum}
                onClick={() => {
                  setTyped(String(sum / 10 ** decimals(currency)));
                }}
              >
                {formatMoney(sum, currency, i18n.language)}
              </Button>
            ))}
          </div>
          <Input
            inputMode="decimal"
            aria-label={t("pay.received")}
            placeholder={t("pay.received")}
            prefix={currency}
            value={typed}
            status={isTooLittle ? "error" : ""}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
            onPressEnter={sell}
          />
          <p className={isTooLittle ? "lq-fault" : "lq-change"} role="status">
            {isTooLittle && t("pay.tooLittle")}
            {back !== null && (
              <>
                {t("pay.change")} <Money minor={back} currency={currency} tone="strong" />
              </>
            )}
          </p>
        </>
      )}
      <Button ref={buttonRef} type="primary" size="large" block disabled={!isSellable || isTooLittle} onClick={sell}>
        {t("pay.sell", { amount: formatMoney(total, currency, i18n.language) })}
      </Button>
    </div>
  );
}
