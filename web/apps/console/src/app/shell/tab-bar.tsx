import { MoreOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import { useState } from "react";

import { useMenu } from "./menu";

const TABS = 4;

/** The most used places at the thumb; the rest in a drawer. */
export function TabBar() {
  const { t } = useT("shell");
  const entries = useMenu();
  const [isOpen, setOpen] = useState(false);
  const rest = entries.slice(TABS);
  return (
    <nav className="lq-tabs" aria-label={t("menu.label")}>
      {entries.slice(0, TABS).map((entry) => (
        <Link
          key={entry.to}
          to={entry.to}
          className="lq-tab"
          activeProps={{ className: "lq-tab lq-on", "aria-current": "page" }}
          activeOptions={{ exact: entry.to === "/" }}
        >
          <span aria-hidden="true">{entry.icon}</span>
          {entry.label}
        </Link>
      ))}
      {rest.length > 0 && (
        <button
          type="button"
          className="lq-tab"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(true);
          }}
        >
          <MoreOutlined aria-hidden />
          {t("menu.more")}
        </button>
      )}
      <Drawer
        placement="bottom"
        size="auto"
        open={isOpen}
        title={t("menu.more")}
        onClose={() => {
          setOpen(false);
        }}
      >
        <ul className="lq-drawer-menu">
          {rest.map((entry) => (
            <li key={entry.to}>
              <Link
                to={entry.to}
                className="lq-drawer-link"
                onClick={() => {
                  setOpen(false);
                }}
              >
                <span aria-hidden="true">{entry.icon}</span>
                {entry.label}
              </Link>
            </li>
          ))}
        </ul>
      </Drawer>
    </nav>
  );
}
