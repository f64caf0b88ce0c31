import { useT } from "@lingqu/i18n";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";

import { deleteTemplate, restoreTemplate, type Template, templatesKey } from "../api/templates";

const UNDO_WITHIN_S = 10;

/** Delete a kept list at once, with a way back. */
export function useDeletion() {
  const { t } = useT("shop");
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: templatesKey });
  const back = useMutation({ mutationFn: restoreTemplate, onSettled });
  const away = useMutation({
    mutationFn: ({ id }: Template) => deleteTemplate(id),
    onSettled,
    onSuccess: (_, { id, name }) => {
      const key = `template-${id}`;
      notification.info({
        key,
        title: t("lists.deleted", { name }),
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
            {t("lists.undo")}
          </Button>
        ),
      });
    },
  });
  return {
    remove: (template: Template) => {
      away.mutate(template);
    },
    isPending: away.isPending || back.isPending,
    error: away.error ?? back.error,
  };
}
