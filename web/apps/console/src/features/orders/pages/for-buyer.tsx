import { asProblem, newKey } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Money, Page, ProblemAlert, Section } from "@lingqu/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Alert, Button, Input, InputNumber } from "antd";
import { useState } from "react";

import { useMe } from "../../../lib/me";
import { PartnerSelect } from "../../../lib/partner-select";
import { behalfQuery, costQuery, placeFor } from "../api/on-behalf";
import { ordersKey } from "../api/orders";
import { GoodsPicker } from "../parts/goods-picker";

interface Row {
  key: string;
  goods?: string;
  packs: number | null;
}

const blankRow = (): Row => ({ key: newKey(), packs: 1 });

/** A seller's clerk orders for a buyer, who may have to agree first. */
export function ForBuyerPage() {
  const { t } = useT("orders");
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [buyer, setBuyer] = useState(0);
  const [rows, setRows] = useState([blankRow()]);
  const [note, setNote] = useState("");
  const [key, setKey] = useState(newKey);
  const lines = rows.flatMap(({ goods, packs }) => {
    const [sku, pack] = (goods ?? "").split(":").map(Number);
    return sku && pack && packs ? [{ sku_id: sku, pack_id: pack, packs }] : [];
  });
  const rule = useQuery(behalfQuery(me.organization_id, buyer)).data;
  const cost = useQuery(costQuery(me.organization_id, buyer, lines)).data;
  const placing = useMutation({
    mutationFn: () =>
      placeFor(
        {
          seller_id: me.organization_id,
          buyer_id: buyer,
          lines,
          note,
          ...(cost ? { expected_total_minor: cost.total_minor } : {}),
        },
        key,
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ordersKey });
      await navigate({ to: "/orders/$orderId", params: { orderId: id } });
    },
  });
  // Another order is another wish: it has a key of its own.
  const change = (next: Row[]) => {
    setRows(next);
    setKey(newKey());
  };
  return (
    <Page
      title={t("forBuyer.title")}
      width="narrow"
      back={
        <Link to="/orders" className="lq-link">
          ← {t("title")}
        </Link>
      }
    >
      <Section title={t("buyer")}>
        <div className="lq-stack">
          <PartnerSelect
            label={t("buyer")}
            side="seller"
            value={buyer || undefined}
            onChange={(id) => {
              setBuyer(id);
              change([blankRow()]);
            }}
          />
          {rule?.holds === "consent" && <Alert type="info" showIcon title={t("forBuyer.consent")} />}
          {rule?.holds === "never" && <Alert type="warning" showIcon title={t("forBuyer.never")} />}
        </div>
      </Section>
      {buyer > 0 && rule?.holds !== "never" && (
        <Section
          title={t("forBuyer.goods")}
          extra={cost && lines.length > 0 && <Money minor={cost.total_minor} currency={cost.currency} tone="strong" />}
        >
          <div className="lq-stack">
            {rows.map((row, i) => (
              <div key={row.key} className="lq-for-buyer">
                <GoodsPicker
                  order={{ seller_id: me.organization_id, buyer_id: buyer }}
                  {...(row.goods === undefined ? {} : { value: row.goods })}
                  onChange={(goods) => {
                    change(rows.map((one, at) => (at === i ? { ...one, goods } : one)));
                  }}
                />
                <InputNumber
                  aria-label={t("forBuyer.packs", { row: i + 1 })}
                  min={1}
                  precision={0}
                  value={row.packs}
                  onChange={(packs) => {
                    change(rows.map((one, at) => (at === i ? { ...one, packs } : one)));
                  }}
                />
              </div>
            ))}
            <Input.TextArea
              aria-label={t("forBuyer.note")}
              placeholder={t("forBuyer.note")}
              rows={2}
              maxLength={1000}
              value={note}
              onChange={(event) => {
                setNote(event.target.value);
              }}
            />
            {placing.error && <ProblemAlert problem={asProblem(placing.error)} />}
            <span className="lq-row">
              <Button
                onClick={() => {
                  change([...rows, blankRow()]);
                }}
              >
                {t("forBuyer.more")}
              </Button>
              <Button
                type="primary"
                disabled={lines.length === 0}
                loading={placing.isPending}
                onClick={() => {
                  placing.mutate();
                }}
              >
                {t("forBuyer.place")}
              </Button>
            </span>
          </div>
        </Section>
      )}
    </Page>
  );
}
