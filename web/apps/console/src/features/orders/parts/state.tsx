import type { Catalogue } from "@lingqu/i18n";
import { useT } from "@lingqu/i18n";
import { Tag, type Tone } from "@lingqu/ui";

interface Axes {
  status: string;
  approval_status: string;
  fulfilment_status: string;
  return_status: string;
}

type StateName = keyof Catalogue["orders"]["state"];

const AFTER_CONFIRMATION: Record<string, [StateName, Tone]> = {
  none: ["toShip", "info"],
  "part-shipped": ["partShipped", "warn"],
  shipped: ["onTheWay", "info"],
  received: ["received", "good"],
};

/** Say in one word what an order waits for; the axes behind it are four. */
export function stateOf(order: Axes): [StateName, Tone] {
  if (order.status === "cancelled") return ["cancelled", "neutral"];
  if (order.status === "expired") return ["expired", "neutral"];
  if (order.status === "completed") return ["completed", "good"];
  if (order.status === "placed")
    return order.approval_status === "waiting" ? ["toApprove", "warn"] : ["toConfirm", "info"];
  return AFTER_CONFIRMATION[order.fulfilment_status] ?? ["toShip", "info"];
}

/** What the order waits for, and whether goods went back. */
export function OrderState({ order }: { order: Axes }) {
  const { t } = useT("orders");
  const [name, tone] = stateOf(order);
  return (
    <>
      <Tag tone={tone}>{t(`state.${name}`)}</Tag>
      {order.return_status !== "none" && <Tag tone="warn">{t("returned")}</Tag>}
    </>
  );
}
