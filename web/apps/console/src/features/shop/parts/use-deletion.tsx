import { useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";

import { deleteTemplate, restoreTemplate, type Template, templatesKey } from "../api/templates";
import { useUndo } from "../../../lib/use-undo";

/** Delete a kept list at once, with a way back. */
export function useDeletion() {
  const { t } = useT("shop");
  const queries = useQueryClient();
  const { remove, removing, restoring, error } = useUndo<Template>({
    away: ({ id }) => deleteTemplate(id),
    back: ({ id }) => restoreTemplate(id),
    onSettled: () => queries.invalidateQueries({ queryKey: templatesKey }),
    keyOf: ({ id }) => `template-${id}`,
    title: ({ name }) => t("lists.deleted", { name }),
    undo: t("lists.undo"),
  });
  return { remove, isPending: removing.isPending || restoring.isPending, error };
}
