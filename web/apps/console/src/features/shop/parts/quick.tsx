import { ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";

import { pasteRows, repeatOrder } from "../api/baskets";
import { PasteDialog } from "../../../lib/paste-dialog";
import type { Filling } from "./use-filling";

/** The quick ways to a full cart: the last order again, or a list out of a spreadsheet. */
export function Quick({ seller, filling }: { seller: number; filling: Filling }) {
  const { t } = useT("shop");
  const { message } = App.useApp();
  const [isPasting, setPasting] = useState(false);
  const repeating = useMutation({
    mutationFn: () => repeatOrder({ seller_id: seller }),
    onSuccess: filling.take,
    onError: (error) => {
      const isFirst = error instanceof ProblemError && error.status === 404;
      void message.info(isFirst ? t("quick.noOrder") : error.message);
    },
  });
  return (
    <>
      <Link to="/shop/$sellerId/lists" params={{ sellerId: seller }} className="lq-link">
        {t("lists.title")}
      </Link>
      <Button
        loading={repeating.isPending}
        onClick={() => {
          repeating.mutate();
        }}
      >
        {t("quick.again")}
      </Button>
      <Button
        onClick={() => {
          setPasting(true);
        }}
      >
        {t("quick.paste")}
      </Button>
      {isPasting && (
        <PasteDialog
          words="shop"
          read={(text) => pasteRows(seller, text)}
          onRead={filling.take}
          onClose={() => {
            setPasting(false);
          }}
        />
      )}
    </>
  );
}
