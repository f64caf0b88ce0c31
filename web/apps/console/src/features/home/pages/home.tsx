import { useT } from "@lingqu/i18n";
import { Page } from "@lingqu/ui";

import { useMe } from "../../../lib/me";

/** What waits for this person today. */
export function HomePage() {
  const { t } = useT("home");
  const me = useMe();
  return <Page title={t("hello", { name: me.name })}>{null}</Page>;
}
