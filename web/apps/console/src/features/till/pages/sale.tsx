import "../parts/slip.css";
import "../parts/till.css";

import { PrinterOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { Page, Tag } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { slipQuery } from "../api/sales";
import { RefundDialog } from "../parts/refund-dialog";
import { SlipPaper } from "../parts/slip-paper";

/** One sale as its slip: print it, or take goods of it back. */
export function SalePage() {
  const { t } = useT("till");
  const can = useCan();
  const { saleId } = useParams({ from: "/shell/till/sales/$saleId" });
  const [{ received }] = useListState();
  const { data: slip } = useSuspenseQuery(slipQuery(saleId));
  const [isRefunding, setRefunding] = useState(false);
  return (
    <Page
      title={slip.number}
      width="narrow"
      back={
        <span className="lq-row">
          {can("orders.sell") && (
            <Link to="/till" className="lq-link">
              ← {t("title")}
            </Link>
          )}
          <Link to="/till/sales" className="lq-link">
            ← {t("sales")}
          </Link>
        </span>
      }
      tags={slip.refunded_minor > 0 && <Tag tone="warn">{t("sale.refunded")}</Tag>}
      actions={
        <>
          <Button
            type="primary"
            icon={<PrinterOutlined />}
            onClick={() => {
              window.print();
            }}
          >
            {t("slip.print")}
          </Button>
          {slip.can_refund && (
            <Button
              onClick={() => {
                setRefunding(true);
              }}
            >
              {t("refund.submit")}
            </Button>
          )}
        </>
      }
      about={
        <Link to="/orders/$orderId" params={{ orderId: slip.id }} className="lq-link">
          {t("sale.toOrder")}
        </Link>
      }
    >
      <SlipPaper slip={slip} received={received && /^\d{1,15}$/.test(received) ? Number(received) : null} />
      {isRefunding && (
        <RefundDialog
          slip={slip}
          onClose={() => {
            setRefunding(false);
          }}
        />
      )}
    </Page>
  );
}
