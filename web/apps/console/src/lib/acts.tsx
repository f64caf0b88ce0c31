import "./acts.css";

import { DownOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { usePhone } from "@lingqu/ui";
import { Button, Dropdown } from "antd";
import { useRef } from "react";

export interface Act {
  key: string;
  label: string;
  /** What is waited for: the button that catches the eye. */
  isMain?: boolean;
  /** Stays in sight on a phone though it is not what is waited for. */
  isKept?: boolean;
  onAct: () => void;
}

/** What can be done with a document: a button each; on a phone what matters stays and the rest folds into a menu. */
export function Acts({ acts }: { acts: Act[] }) {
  const { t } = useT();
  const isPhone = usePhone();
  const more = useRef<HTMLButtonElement>(null);
  const { kept, folded } = isPhone ? fold(acts) : { kept: acts, folded: [] };
  const buttons = kept.map((act) => (
    <Button key={act.key} type={act.isMain ? "primary" : "default"} onClick={act.onAct}>
      {act.label}
    </Button>
  ));
  if (folded.length === 0) return buttons;
  return (
    <div className="lq-acts">
      {buttons}
      <Dropdown
        trigger={["click"]}
        placement="bottomRight"
        // Who opens it by keyboard goes on in it, and is back here when it closes.
        autoFocus
        onOpenChange={(isOpen) => {
          if (!isOpen) more.current?.focus();
        }}
        menu={{
          items: folded.map(({ key, label, onAct }) => ({
            key,
            label,
            onClick: ({ domEvent }) => {
              // The button has the focus back already: the same Enter must not press it too.
              domEvent.preventDefault();
              onAct();
            },
          })),
        }}
      >
        <Button ref={more} className="lq-acts-more" aria-haspopup="menu" aria-label={t("moreActs")}>
          {t("moreWord")} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
    </div>
  );
}

/** Part what stays in sight from what goes into the menu. A menu of one is no shorter than its button. */
export function fold(acts: Act[]): { kept: Act[]; folded: Act[] } {
  const chosen = acts.filter((act) => (act.isMain ?? false) || (act.isKept ?? false));
  const kept = chosen.length > 0 ? chosen : acts.slice(-1);
  const folded = acts.filter((act) => !kept.includes(act));
  return folded.length > 1 ? { kept, folded } : { kept: acts, folded: [] };
}
