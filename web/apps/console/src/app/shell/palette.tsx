import { SearchOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { useNavigate } from "@tanstack/react-router";
import { Input, Modal } from "antd";
import { type KeyboardEvent, type ReactNode, useState } from "react";

import { findPlaces } from "./find-place";
import type { Entry } from "./menu";

/** Lists that take a searched word in their address. */
const SEARCHED = ["orders", "skus", "stock", "organizations", "members"] as const;
type Searched = (typeof SEARCHED)[number];

interface Hit {
  key: string;
  icon: ReactNode;
  label: string;
  /** The word that a list is to be searched for. */
  word?: string;
  to: Entry["to"];
}

/** Go anywhere by typing: a place by name or pinyin, or the typed word looked up in a list. */
export function Palette({ entries, onClose }: { entries: Entry[]; onClose: () => void }) {
  const { t } = useT("shell");
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const word = typed.trim();
  const hits: Hit[] = findPlaces(entries, typed).map((entry) => ({ ...entry, key: entry.name }));
  if (word)
    for (const entry of entries.filter((one) => SEARCHED.includes(one.name as Searched)))
      hits.push({
        key: `in-${entry.name}`,
        icon: <SearchOutlined />,
        label: t("palette.in", { place: entry.label, word }),
        to: entry.to,
        word,
      });
  const chosen = Math.min(at, hits.length - 1);
  const go = ({ to, word }: Hit) => {
    onClose();
    void navigate({ to, search: word === undefined ? {} : { q: word } } as Parameters<typeof navigate>[0]);
  };
  const onKey = (event: KeyboardEvent) => {
    // A word that is still being composed by an input method keeps its keys.
    if (event.nativeEvent.isComposing || hits.length === 0) return;
    if (event.key === "ArrowDown") setAt((chosen + 1) % hits.length);
    else if (event.key === "ArrowUp") setAt((chosen - 1 + hits.length) % hits.length);
    else if (event.key === "Enter") {
      const hit = hits[chosen];
      if (hit) go(hit);
    } else return;
    event.preventDefault();
  };
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} className="lq-palette" title={t("palette.title")}>
      <Input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="lq-hits"
        aria-activedescendant={hits.length > 0 ? `lq-hit-${String(chosen)}` : undefined}
        aria-label={t("palette.title")}
        placeholder={t("palette.hint")}
        prefix={<SearchOutlined aria-hidden />}
        size="large"
        maxLength={100}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <ul id="lq-hits" role="listbox" aria-label={t("palette.title")} className="lq-plain lq-hits">
        {hits.map((hit, index) => (
          // The keyboard chooses through the field above, which keeps the focus.
          <li
            key={hit.key}
            id={`lq-hit-${String(index)}`}
            ref={(row) => {
              if (index === chosen) row?.scrollIntoView({ block: "nearest" });
            }}
            role="option"
            aria-selected={index === chosen}
            className={index === chosen ? "lq-hit lq-on" : "lq-hit"}
            onMouseMove={() => {
              setAt(index);
            }}
            onClick={() => {
              go(hit);
            }}
          >
            <span aria-hidden="true">{hit.icon}</span>
            {hit.label}
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className="lq-soft">{t("palette.none")}</p>}
    </Modal>
  );
}
