import { useT } from "@lingqu/i18n";

import { writeCSV } from "../../../lib/csv";
import { useNames } from "../../../lib/names";
import type { CountSheet } from "../api/counts";

/** A sheet as a file: to count on paper, or for the books. */
export function useSheetFile(): (sheet: CountSheet) => string {
  const { t } = useT("counts");
  const names = useNames();
  return (sheet) =>
    writeCSV(
      [t("code"), t("goods"), t("lot"), t("expiresOn"), t("unit"), t("expected"), t("counted"), t("difference")],
      (sheet.lines ?? []).map((line) => [
        line.sku_code,
        names(line.name_zh, line.name_en),
        line.lot_code,
        line.expires_on,
        line.base_unit,
        line.expected,
        line.counted,
        line.difference,
      ]),
    );
}
