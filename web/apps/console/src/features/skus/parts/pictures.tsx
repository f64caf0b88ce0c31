import "./pictures.css";

import { useT } from "@lingqu/i18n";
import { Blank, Section } from "@lingqu/ui";

import type { SKU } from "../api/sku";
import { Album } from "./album";
import { Gallery } from "./gallery";

/** A SKU's pictures: to its owner an album to work on, to everybody else a gallery. */
export function Pictures({ sku, canEdit }: { sku: SKU; canEdit: boolean }) {
  const { t } = useT("skus");
  const pictures = sku.pictures ?? [];
  return (
    <Section title={t("pictures")}>
      {canEdit && <Album sku={sku} pictures={pictures} />}
      {!canEdit && pictures.length > 0 && <Gallery sku={sku} pictures={pictures} />}
      {!canEdit && pictures.length === 0 && <Blank title={t("picture.none")} hint={t("picture.noneHint")} />}
    </Section>
  );
}
