import { useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";

import { basketsKey, discardBasket, type Draft, restoreBasket } from "../api/baskets";
import { useUndo } from "../../../lib/use-undo";

/** Throw a basket away at once, with a way back. */
export function useDiscard(onGone: () => void) {
  const { t } = useT("approvals");
  const queries = useQueryClient();
  const { remove, removing, error } = useUndo<Draft>({
    away: ({ id }) => discardBasket(id),
    back: ({ id }) => restoreBasket(id),
    onSettled: () => queries.invalidateQueries({ queryKey: [...basketsKey, "list"] }),
    onGone,
    keyOf: ({ id }) => `basket-${id}`,
    title: ({ name, seller_name }) => t("basket.discarded", { name: name || seller_name }),
    undo: t("basket.undo"),
  });
  return { discard: remove, isPending: removing.isPending, error };
}
