import "./shell.css";

import { useT } from "@lingqu/i18n";
import { usePhone } from "@lingqu/ui";
import { Outlet } from "@tanstack/react-router";
import { App as AntApp } from "antd";

import { SessionGate } from "./session-gate";
import { SideMenu } from "./side-menu";
import { TabBar } from "./tab-bar";
import { TopBar } from "./top-bar";
import { useFocusBack } from "./use-focus-back";
import { usePalette } from "./use-palette";

/** The frame around every page after sign-in: a side menu in a wide window, tabs at the thumb on a phone. */
export function Layout() {
  const { t } = useT("shell");
  const isPhone = usePhone();
  const { open, palette } = usePalette();
  useFocusBack();
  return (
    <AntApp className="lq-shell">
      <a href="#content" className="lq-skip">
        {t("skip")}
      </a>
      {!isPhone && <SideMenu onSearch={open} />}
      <div className="lq-shell-main">
        <TopBar />
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
        {isPhone && <TabBar onSearch={open} />}
      </div>
      {palette}
      <SessionGate />
    </AntApp>
  );
}
