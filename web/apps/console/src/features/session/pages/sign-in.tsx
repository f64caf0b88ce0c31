import { useT } from "@lingqu/i18n";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";

import { Door } from "../parts/door";
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
    <Door title={t("common:product")} about={t("common:slogan")}>
      <SignInForm onDone={enter} />
      <p className="lq-door-help">
        <Link to="/password-reset" className="lq-link">
          {t("forgot")}
        </Link>
      </p>
    </Door>
  );
}
