import { useT } from "@lingqu/i18n";
import { Button } from "antd";
import { type ReactNode, useState } from "react";

import { allocateOrder } from "../api/allocate";
import { confirmOrder } from "../api/confirm";
import type { Order } from "../api/order";
import { CancelDialog } from "./cancel-dialog";
import { ChangeDialog } from "./change-dialog";
import { CloseDialog } from "./close-dialog";
import { ApprovalDialog } from "./decision-dialog";
import { RerouteDialog } from "./reroute-dialog";
import { RefundDialog, ReturnDialog } from "./return-dialog";
import { ShipDialog } from "./ship-dialog";
import { StepDialog } from "../../../lib/step-dialog";
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
  const [open, setOpen] = useState<Name | null>(null);
  const close = () => {
    setOpen(null);
  };
  const dialogs: Record<Name, () => ReactNode> = {
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
  };
  return (
    <>
      {NAMES.filter((name) => order.actions.includes(name)).map((name) => (
        <Button
          key={name}
          type={MAIN.has(name) ? "primary" : "default"}
          onClick={() => {
            setOpen(name);
          }}
        >
          {t(`action.${name}`)}
        </Button>
      ))}
      {open && dialogs[open]()}
    </>
  );
}
