import { useT } from "@lingqu/i18n";
import { Link } from "@tanstack/react-router";

import { useMe } from "../../lib/me";
import { useMenu } from "./menu";

/** Brand, organization and places, at the left of a wide window. */
export function SideMenu() {
  const { t } = useT("shell");
  const me = useMe();
  const entries = useMenu();
  return (
    <aside className="lq-side">
      <div className="lq-side-brand">
        <img src="/favicon.svg" alt="" width={28} height={28} />
        <span>{t("common:product")}</span>
      </div>
      <div className="lq-side-organization">
        <div className="lq-side-name">{me.organization_name}</div>
        <div className="lq-soft lq-small">{t(`kind.${me.kind as "dealer"}`)}</div>
      </div>
      <nav aria-label={t("menu.label")}>
        <ul>
          {entries.map((entry) => (
            <li key={entry.to}>
              <Link
                to={entry.to}
                className="lq-side-link"
                activeProps={{ className: "lq-side-link lq-on", "aria-current": "page" }}
                activeOptions={{ exact: entry.to === "/" }}
              >
                <span aria-hidden="true">{entry.icon}</span>
                {entry.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </aside>
  );
}
