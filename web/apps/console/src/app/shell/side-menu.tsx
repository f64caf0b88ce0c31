import { DownOutlined, SearchOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { useKept } from "../../lib/kept";
import { useMe } from "../../lib/me";
import { type Entry, type Group, useMenu } from "./menu";
import { PALETTE_KEYS } from "./use-palette";

const NONE_CLOSED: string[] = [];

/** Brand, organization and places, at the left of a wide window. */
export function SideMenu({ onSearch }: { onSearch: () => void }) {
  const { t } = useT("shell");
  const me = useMe();
  const { groups } = useMenu();
  const nav = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // However somebody came here, the menu shows where.
  useEffect(() => {
    nav.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest" });
  }, [path]);
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
      <button type="button" className="lq-side-search" onClick={onSearch}>
        <SearchOutlined aria-hidden />
        {t("palette.open")}
        <kbd>{PALETTE_KEYS}</kbd>
      </button>
      <nav ref={nav} aria-label={t("menu.label")}>
        {groups.map((group) => (
          <SideGroup key={group.name} group={group} />
        ))}
      </nav>
    </aside>
  );
}

/** One job; closed, it shows only the place where one is. */
function SideGroup({ group }: { group: Group }) {
  const [closed, change] = useKept("lingqu.menu-closed", NONE_CLOSED);
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (group.name === "today") return <Entries entries={group.entries} />;
  const isClosed = closed.includes(group.name);
  return (
    <>
      <button
        type="button"
        className="lq-side-group"
        aria-expanded={!isClosed}
        onClick={() => {
          change((before) =>
            before.includes(group.name) ? before.filter((name) => name !== group.name) : [...before, group.name],
          );
        }}
      >
        {group.label}
        <DownOutlined aria-hidden />
      </button>
      <Entries entries={isClosed ? group.entries.filter((entry) => isAt(path, entry.to)) : group.entries} />
    </>
  );
}

function isAt(path: string, to: string): boolean {
  return path === to || path.startsWith(`${to}/`);
}

function Entries({ entries }: { entries: Entry[] }) {
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.to}>
          <Link
            to={entry.to}
            className="lq-side-link"
            activeProps={{ className: "lq-side-link lq-on", "aria-current": "page" }}
            activeOptions={{ exact: entry.to === "/" || entry.to === "/till" }}
          >
            <span aria-hidden="true">{entry.icon}</span>
            {entry.label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
