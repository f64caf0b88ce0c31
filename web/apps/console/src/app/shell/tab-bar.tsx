import { AppstoreOutlined, SearchOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import { useState } from "react";

import { useMenu } from "./menu";

/** The most used places at the thumb; every place, by job, in a drawer. */
export function TabBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useT("shell");
  const { groups, tabs } = useMenu();
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <nav className="lq-tabs" aria-label={t("menu.label")}>
      {tabs.map((entry) => (
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
      <button
        type="button"
        className="lq-tab"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(true);
        }}
      >
        <AppstoreOutlined aria-hidden />
        {t("menu.all")}
      </button>
      <Drawer
        placement="bottom"
        size="auto"
        styles={{ section: { maxHeight: "86dvh" }, body: { paddingTop: 12 } }}
        open={isOpen}
        title={t("menu.all")}
        onClose={close}
        className="lq-drawer"
      >
        <button
          type="button"
          className="lq-side-search"
          onClick={() => {
            close();
            onSearch();
          }}
        >
          <SearchOutlined aria-hidden />
          {t("palette.open")}
        </button>
        {groups.map((group) => (
          <section key={group.name} aria-label={group.label}>
            <h3 className="lq-drawer-group">{group.label}</h3>
            <ul className="lq-drawer-menu">
              {group.entries.map((entry) => (
                <li key={entry.to}>
                  <Link to={entry.to} className="lq-drawer-link" onClick={close}>
                    <span aria-hidden="true">{entry.icon}</span>
                    {entry.label}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </Drawer>
    </nav>
  );
}
