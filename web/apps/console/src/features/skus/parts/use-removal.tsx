import { useT } from "@lingqu/i18n";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";

import { addPicture, type Picture, removePicture } from "../api/pictures";

interface Gone {
  picture: Picture;
  place: number;
}

const UNDO_WITHIN_S = 10;

/** Take a picture away at once, with a way back to the same place. */
export function useRemoval(skuId: number, reload: () => Promise<unknown>) {
  const { t } = useT("skus");
  const { notification } = App.useApp();
  const back = useMutation({
    mutationFn: ({ picture: { file_id, alt_zh, alt_en }, place }: Gone) =>
      addPicture(skuId, { file_id, alt_zh, alt_en, place }),
    onSettled: reload,
  });
  const away = useMutation({
    mutationFn: ({ picture }: Gone) => removePicture(picture.id),
    onSettled: reload,
    onSuccess: (_, gone) => {
      const key = `picture-${gone.picture.id}`;
      notification.info({
        key,
        title: t("picture.removed"),
        duration: UNDO_WITHIN_S,
        placement: "bottom",
        actions: (
          <Button
            size="small"
            type="primary"
            onClick={() => {
              notification.destroy(key);
              back.mutate(gone);
            }}
          >
            {t("picture.undo")}
          </Button>
        ),
      });
    },
  });
  return {
    remove: (picture: Picture, place: number) => {
      away.mutate({ picture, place });
    },
    isPending: away.isPending || back.isPending,
    error: away.error ?? back.error,
  };
}
