import { useT } from "@lingqu/i18n";
import { Tag } from "@lingqu/ui";

import { CAPABILITIES, type LinkLine } from "../api/links";

/** What a link allows the buyer now, always in the same order. */
export function Capabilities({ of }: { of: LinkLine["capabilities"] }) {
  const { t } = useT("links");
  if (of.length === 0) return <Tag tone="warn">{t("nothing")}</Tag>;
  if (of.length === CAPABILITIES.length) return <Tag tone="good">{t("everything")}</Tag>;
  return (
    <span className="lq-row lq-tight">
      {CAPABILITIES.filter((one) => of.includes(one)).map((one) => (
        <Tag key={one}>{t(`capability.${one}`)}</Tag>
      ))}
    </span>
  );
}
