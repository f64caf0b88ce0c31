import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { orderPictures, type Picture } from "../api/pictures";
import type { SKU } from "../api/sku";
import { skusKey } from "../api/skus";
import { AlbumPicture } from "./album-picture";
import { DescribePicture } from "./describe-picture";
import { Uploads } from "./uploads";
import { useRemoval } from "./use-removal";

/** The owner's work on a SKU's pictures: add, put in order, describe, take away and bring back. */
export function Album({ sku, pictures }: { sku: SKU; pictures: Picture[] }) {
  const { t } = useT("skus");
  const queries = useQueryClient();
  const [dragged, setDragged] = useState<number | null>(null);
  const [described, setDescribed] = useState<Picture | null>(null);
  const reload = () => queries.invalidateQueries({ queryKey: skusKey });
  const removal = useRemoval(sku.id, reload);
  const ordering = useMutation({ mutationFn: (ids: number[]) => orderPictures(sku.id, ids), onSettled: reload });
  // While the server has not answered, the order that was asked for is shown.
  const asked = ordering.isPending ? ordering.variables : null;
  const shown = asked ? [...pictures].sort((a, b) => asked.indexOf(a.id) - asked.indexOf(b.id)) : pictures;
  const move = (id: number, place: number) => {
    const ids = shown.map((picture) => picture.id).filter((other) => other !== id);
    ids.splice(place, 0, id);
    ordering.mutate(ids);
  };
  const error = ordering.error ?? removal.error;
  return (
    <div className="lq-album">
      {error && <ProblemAlert problem={asProblem(error)} />}
      {shown.length > 0 && (
        <ol className="lq-album-pictures" aria-label={t("pictures")}>
          {shown.map((picture, place) => (
            <AlbumPicture
              key={picture.id}
              picture={picture}
              place={place}
              count={shown.length}
              isBusy={ordering.isPending || removal.isPending}
              onDrag={setDragged}
              onDrop={() => {
                if (dragged !== null && dragged !== picture.id) move(dragged, place);
              }}
              onMove={(to) => {
                move(picture.id, to);
              }}
              onDescribe={() => {
                setDescribed(picture);
              }}
              onRemove={() => {
                removal.remove(picture, place);
              }}
            />
          ))}
        </ol>
      )}
      <Uploads skuId={sku.id} isFirst={shown.length === 0} onAdded={reload} />
      {described && (
        <DescribePicture
          picture={described}
          onClose={() => {
            setDescribed(null);
            void reload();
          }}
        />
      )}
    </div>
  );
}
