import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";

import { useCan } from "../../../lib/access";
import type { Order } from "../api/order";

/** Order the same again: fills the cart with what is still for sale. */
export function Repeat({ order }: { order: Order }) {
  const { t } = useT("orders");
  const can = useCan();
  const navigate = useNavigate();
  if (order.side !== "buyer" || order.kind !== "channel" || !can("orders.place")) return null;
  return (
    <Button
      onClick={() =>
        void navigate({
          to: "/shop/$sellerId/cart",
          params: { sellerId: order.seller_id },
          search: { repeat: order.id },
        })
      }
    >
      {t("repeat")}
    </Button>
  );
}
