import { useT } from "@lingqu/i18n";
import { Day, Instant, Quantity, Section, Tag } from "@lingqu/ui";
import { Button } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import type { Order, Shipment } from "../api/order";
import { packOf } from "./amount-input";
import { ReceiveDialog } from "./receive-dialog";

/** What left, with its lots, and whether it arrived whole. */
export function Shipments({ order }: { order: Order }) {
  const { t } = useT("orders");
  const [taken, setTaken] = useState<Shipment | null>(null);
  if (order.shipments.length === 0) return null;
  return (
    <Section title={t("shipments")}>
      <div className="lq-stack">
        {order.shipments.map((shipment) => (
          <article key={shipment.id} className="lq-slip" aria-label={shipment.number}>
            <div className="lq-slip-head">
              <span className="lq-row">
                <strong className="lq-number">{shipment.number}</strong>
                <Tag tone={shipment.status === "received" ? "good" : "info"}>
                  {shipment.status === "received" ? t("state.received") : t("state.onTheWay")}
                </Tag>
              </span>
              {shipment.status === "shipped" && order.actions.includes("receive") && (
                <Button
                  type="primary"
                  onClick={() => {
                    setTaken(shipment);
                  }}
                >
                  {t("action.receive")}
                </Button>
              )}
            </div>
            <p className="lq-soft lq-small">
              {t("shippedAt")} <Instant at={shipment.shipped_at} />
              {shipment.received_at && (
                <>
                  {" · "}
                  {t("receivedAt")} <Instant at={shipment.received_at} />
                </>
              )}
              {(shipment.carrier || shipment.tracking) && ` · ${shipment.carrier} ${shipment.tracking}`}
            </p>
            <ul>
              {shipment.lines.map((line) => (
                <Sent key={line.position} order={order} line={line} />
              ))}
            </ul>
          </article>
        ))}
      </div>
      {taken && (
        <ReceiveDialog
          order={order}
          shipment={taken}
          onClose={() => {
            setTaken(null);
          }}
        />
      )}
    </Section>
  );
}

function Sent({ order, line }: { order: Order; line: Shipment["lines"][number] }) {
  const { t } = useT("orders");
  const names = useNames();
  const ordered = order.lines.find((one) => one.line_no === line.line_no);
  if (!ordered) return null;
  const pack = packOf(ordered, names);
  return (
    <li className="lq-slip-line">
      <span>
        {names(ordered.name_zh, ordered.name_en)}
        {(line.lot_code || line.expires_on) && (
          <span className="lq-soft lq-small lq-row lq-lot">
            {line.lot_code && <span>{t("lot", { code: line.lot_code })}</span>}
            {line.expires_on && (
              <span>
                {t("expires")} <Day on={line.expires_on} />
              </span>
            )}
          </span>
        )}
      </span>
      <span className="lq-row lq-lot-side">
        <Quantity base={line.quantity} unit={ordered.base_unit} pack={pack} />
        {line.short > 0 && (
          <Tag tone="bad">
            {t("line.short")} <Quantity base={line.short} unit={ordered.base_unit} pack={pack} />
            {line.short_reason && ` · ${line.short_reason}`}
          </Tag>
        )}
      </span>
    </li>
  );
}
