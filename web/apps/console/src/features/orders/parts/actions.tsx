import { useT } from "@lingqu/i18n";
import { type ReactNode, useState } from "react";

import { allocateOrder } from "../api/allocate";
import { confirmOrder } from "../api/confirm";
import type { Order } from "../api/order";
import { CancelDialog } from "./cancel-dialog";
import { ChangeDialog } from "./change-dialog";
import { CloseDialog } from "./close-dialog";
import { ApprovalDialog } from "./decision-dialog";
import { usePayable } from "./payable";
import { RerouteDialog } from "./reroute-dialog";
import { RefundDialog, ReturnDialog } from "./return-dialog";
import { ShipDialog } from "./ship-dialog";
import { type Act, Acts } from "../../../lib/acts";
import { PayDialog } from "../../../lib/payments/pay-online";
import { StepDialog } from "../../../lib/step-dialog";
import { KeepDialog, useRepeat } from "./repeat";
import { ordersKey } from "../api/orders";

type Name =
  | "approve"
  | "reject"
  | "confirm"
  | "allocate"
  | "reroute"
  | "ship"
  | "close"
  | "change"
  | "cancel"
  | "return"
  | "refund";

const MAIN = new Set<Name>(["approve", "confirm", "ship"]);
/** A no stands in sight beside its yes. */
const KEPT = new Set<Name>(["reject"]);
const NAMES: Name[] = [
  "reject",
  "cancel",
  "close",
  "change",
  "return",
  "refund",
  "allocate",
  "reroute",
  "approve",
  "confirm",
  "ship",
];

/** What this reader may do with the order now; the server says which steps those are. */
export function Actions({ order }: { order: Order }) {
  const { t } = useT("orders");
  const { t: pay } = useT("payments");
  const repeat = useRepeat(order);
  const [open, setOpen] = useState<Name | "keep" | "pay" | null>(null);
  const close = () => {
    setOpen(null);
  };
  const names = NAMES.filter((name) => order.actions.includes(name));
  const payable = usePayable(order);
  const act = (name: Name | "keep" | "pay", label: string): Act => ({
    key: name,
    label,
    onAct: () => {
      setOpen(name);
    },
  });
  const acts: Act[] = [
    ...(repeat
      ? [
          act("keep", t("keep.title")),
          { key: "repeat", label: t("repeat"), isKept: !names.some((name) => MAIN.has(name)), onAct: repeat },
        ]
      : []),
    ...names.map((name) => ({
      ...act(name, t(`action.${name}`)),
      isMain: MAIN.has(name),
      isKept: KEPT.has(name),
    })),
    ...(payable ? [act("pay", pay("payOnline"))] : []),
  ];
  const dialogs: Record<Name | "keep" | "pay", () => ReactNode> = {
    approve: () => <ApprovalDialog id={order.id} isAccepted onClose={close} />,
    reject: () => <ApprovalDialog id={order.id} isAccepted={false} onClose={close} />,
    confirm: () => (
      <StepDialog
        changes={ordersKey}
        title={t("confirm.title")}
        submit={t("action.confirm")}
        send={(_, key) => confirmOrder(order.id, {}, key)}
        onClose={close}
      >
        <p>{t("confirm.hint")}</p>
      </StepDialog>
    ),
    allocate: () => (
      <StepDialog
        changes={ordersKey}
        title={t("allocate.title")}
        submit={t("action.allocate")}
        send={(_, key) => allocateOrder(order.id, key)}
        onClose={close}
      >
        <p>{t("allocate.hint")}</p>
      </StepDialog>
    ),
    reroute: () => <RerouteDialog order={order} onClose={close} />,
    ship: () => <ShipDialog order={order} onClose={close} />,
    change: () => <ChangeDialog order={order} onClose={close} />,
    close: () => <CloseDialog order={order} onClose={close} />,
    cancel: () => <CancelDialog id={order.id} onClose={close} />,
    return: () => <ReturnDialog order={order} onClose={close} />,
    refund: () => <RefundDialog order={order} onClose={close} />,
    keep: () => <KeepDialog order={order} onClose={close} />,
    pay: () => (
      <PayDialog
        seller={order.seller_id}
        currency={order.currency}
        order={order.id}
        amountMinor={payable}
        onClose={close}
      />
    ),
  };
  return (
    <>
      <Acts acts={acts} />
      {open && dialogs[open]()}
    </>
  );
}
