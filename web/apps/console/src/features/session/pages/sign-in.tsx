import "../parts/door.css";

import { useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";

import { Canal } from "../parts/canal";
import { LanguageSwitch } from "../../../lib/language-switch";
import { SignInForm } from "../parts/sign-in-form";

/** The door. */
export function SignInPage() {
  const { t } = useT("session");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { next } = useSearch({ from: "/login" });
  const enter = () => {
    queries.clear();
    // Only addresses of this console: "//elsewhere" would leave it.
    const isOurs = next?.startsWith("/") === true && !next.startsWith("//");
    void navigate({ href: isOurs ? next : "/", replace: true });
  };
  return (
    <div className="lq-door">
      <aside className="lq-door-art" aria-hidden="true">
        <Canal />
      </aside>
      <main className="lq-door-main">
        <div className="lq-door-language">
          <LanguageSwitch />
        </div>
        <div className="lq-door-form">
          <img src="/favicon.svg" alt="" width={44} height={44} />
          <h1>{t("common:product")}</h1>
          <p className="lq-soft">{t("common:slogan")}</p>
          <SignInForm onDone={enter} />
        </div>
      </main>
    </div>
  );
}
