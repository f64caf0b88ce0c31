import { useT } from "@lingqu/i18n";
import { Day, Nothing, Tag, type Tone } from "@lingqu/ui";

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

/** How many days are left until the end of a day; negative when it is past. */
export function daysLeft(on: string, now: number): number {
  return Math.ceil((Date.parse(`${on}T00:00:00Z`) - now) / DAY_MS);
}

/** When goods expire, in a colour that says whether to hurry. */
export function Expiry({ on, now }: { on: string | null | undefined; now: number }) {
  const { t } = useT("stock");
  if (!on) return <Nothing />;
  const left = daysLeft(on, now);
  const tone: Tone = left <= 0 ? "bad" : left <= SOON_DAYS ? "warn" : "neutral";
  return (
    <Tag tone={tone}>
      <Day on={on} />
      {left <= SOON_DAYS && ` · ${left <= 0 ? t("expired") : t("daysLeft", { days: left })}`}
    </Tag>
  );
}
