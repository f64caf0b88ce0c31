import { useT } from "@lingqu/i18n";

import { addPicture, type Picture, removePicture } from "../api/pictures";
import { useUndo } from "../../../lib/use-undo";

interface Gone {
  picture: Picture;
  place: number;
}

/** Take a picture away at once, with a way back to the same place. */
export function useRemoval(skuId: number, reload: () => Promise<unknown>) {
  const { t } = useT("skus");
  const { remove, removing, restoring, error } = useUndo<Gone>({
    away: ({ picture }) => removePicture(picture.id),
    back: ({ picture: { file_id, alt_zh, alt_en }, place }) => addPicture(skuId, { file_id, alt_zh, alt_en, place }),
    onSettled: reload,
    keyOf: ({ picture }) => `picture-${picture.id}`,
    title: () => t("picture.removed"),
    undo: t("picture.undo"),
  });
  return {
    remove: (picture: Picture, place: number) => {
      remove({ picture, place });
    },
    isPending: removing.isPending || restoring.isPending,
    error,
  };
}
