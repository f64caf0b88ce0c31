import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";

const UNDO_WITHIN_S = 10;

interface Deed<Gone> {
  away: (gone: Gone) => Promise<unknown>;
  back: (gone: Gone) => Promise<unknown>;
  onSettled: () => Promise<unknown>;
  onGone?: () => void;
  /** Names the notice, so that each thing has one of its own. */
  keyOf: (gone: Gone) => string;
  title: (gone: Gone) => string;
  undo: string;
}

/** Take something away at once, with a way back for ten seconds. */
export function useUndo<Gone>({ away, back, onSettled, onGone, keyOf, title, undo }: Deed<Gone>) {
  const { notification } = App.useApp();
  const restoring = useMutation({ mutationFn: back, onSettled });
  const removing = useMutation({
    mutationFn: away,
    onSettled,
    onSuccess: (_, gone) => {
      onGone?.();
      const key = keyOf(gone);
      notification.info({
        key,
        title: title(gone),
        duration: UNDO_WITHIN_S,
        placement: "bottom",
        actions: (
          <Button
            size="small"
            type="primary"
            onClick={() => {
              notification.destroy(key);
              restoring.mutate(gone);
            }}
          >
            {undo}
          </Button>
        ),
      });
    },
  });
  return { remove: removing.mutate, removing, restoring, error: removing.error ?? restoring.error };
}
