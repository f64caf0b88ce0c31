import { useT } from "@lingqu/i18n";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";

import { basketsKey, discardBasket, type Draft, restoreBasket } from "../api/baskets";

const UNDO_WITHIN_S = 10;

/** Throw a basket away at once, with a way back. */
export function useDiscard(onGone: () => void) {
  const { t } = useT("approvals");
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: [...basketsKey, "list"] });
  const back = useMutation({ mutationFn: restoreBasket, onSettled });
  const away = useMutation({
    mutationFn: ({ id }: Draft) => discardBasket(id),
    onSettled,
    onSuccess: (_, { id, name, seller_name }) => {
      onGone();
      const key = `basket-${id}`;
      notification.info({
        key,
        title: t("basket.discarded", { name: name || seller_name }),
        duration: UNDO_WITHIN_S,
        placement: "bottom",
        actions: (
          <Button
            size="small"
            type="primary"
            onClick={() => {
              notification.destroy(key);
              back.mutate(id);
            }}
          >
            {t("basket.undo")}
          </Button>
        ),
      });
    },
  });
  return {
    discard: (draft: Draft) => {
      away.mutate(draft);
    },
    isPending: away.isPending,
    error: away.error ?? back.error,
  };
}
