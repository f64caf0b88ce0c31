import { useT } from "@lingqu/i18n";
import { Facts } from "@lingqu/ui";

import { StepDialog } from "../../../lib/step-dialog";
import { cancelCount, type CountSheet, countsKey, postCount } from "../api/counts";
import { summarize } from "./entries";

/** Put the stock right by what was counted: says first what will change. */
export function PostDialog({ sheet, onClose }: { sheet: CountSheet; onClose: () => void }) {
  const { t } = useT("counts");
  const sums = summarize(sheet.lines ?? []);
  return (
    <StepDialog
      changes={countsKey}
      title={t("post.title")}
      submit={t("post.submit")}
      send={(_, key) => postCount(sheet.id, sheet.version, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("post.hint")}</p>
      <Facts
        items={[
          { label: t("post.more"), value: sums.more },
          { label: t("post.less"), value: sums.less },
          { label: t("post.same"), value: sums.counted - sums.more - sums.less },
          { label: t("post.open"), value: sums.open },
        ]}
      />
    </StepDialog>
  );
}

/** Drop a sheet; the stock stays as it is. */
export function DropDialog({ sheet, onClose }: { sheet: CountSheet; onClose: () => void }) {
  const { t } = useT("counts");
  return (
    <StepDialog
      changes={countsKey}
      title={t("drop.title")}
      submit={t("drop.submit")}
      isDangerous
      send={(_, key) => cancelCount(sheet.id, sheet.version, key)}
      onClose={onClose}
    >
      <p className="lq-soft">{t("drop.hint")}</p>
    </StepDialog>
  );
}
