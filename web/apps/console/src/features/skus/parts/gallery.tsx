import { useT } from "@lingqu/i18n";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { pictureURL } from "../../../lib/picture-url";
import type { Picture } from "../api/pictures";
import type { SKU } from "../api/sku";

/** One picture large, the others below it to choose from. */
export function Gallery({ sku, pictures }: { sku: SKU; pictures: Picture[] }) {
  const { t } = useT("skus");
  const names = useNames();
  const [chosen, choose] = useState(0);
  const name = names(sku.name_zh, sku.name_en);
  const shown = pictures[Math.min(chosen, pictures.length - 1)];
  if (!shown) return null;
  return (
    <div className="lq-gallery">
      <img
        className="lq-gallery-large"
        src={pictureURL(shown.id, "full")}
        width={shown.width}
        height={shown.height}
        alt={names(shown.alt_zh, shown.alt_en) || name}
      />
      {pictures.length > 1 && (
        <ul className="lq-gallery-strip" aria-label={t("pictures")}>
          {pictures.map((picture, place) => (
            <li key={picture.id}>
              <button
                type="button"
                aria-label={t("picture.show", { place: place + 1 })}
                aria-pressed={picture.id === shown.id}
                onClick={() => {
                  choose(place);
                }}
              >
                <img src={pictureURL(picture.id, "small")} alt="" loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
