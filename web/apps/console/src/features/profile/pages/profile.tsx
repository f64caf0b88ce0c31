import { useT } from "@lingqu/i18n";
import { Page } from "@lingqu/ui";

import { AboutMe } from "../parts/about-me";
import { Password } from "../parts/password";
import { Sessions } from "../parts/sessions";

/** One's own record, password and sessions. */
export function ProfilePage() {
  const { t } = useT("profile");
  return (
    <Page title={t("title")} width="narrow">
      <AboutMe />
      <Password />
      <Sessions />
    </Page>
  );
}
