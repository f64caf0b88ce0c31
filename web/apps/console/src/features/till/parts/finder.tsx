import { asProblem, OFFLINE, ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { usePhone } from "@lingqu/ui";
import { Input, type InputRef } from "antd";
import { type KeyboardEvent, type Ref, useState } from "react";

import { findCode, type Scanned } from "../api/goods";
import { findMember, isCard } from "../api/member";
import type { TillMember, TillPack } from "./till-state";

interface Props {
  ref: Ref<InputRef>;
  typed: string;
  onTyped: (typed: string) => void;
  onPack: (pack: TillPack) => void;
  onMember: (member: TillMember) => void;
  /** The code means nothing by itself: what Enter shall do with the words. Tells whether they find anything. */
  onWords: (typed: string) => Promise<boolean>;
}

/** One field for the scanner and for fingers: a code goes into the basket at once, words find goods, a card a member. */
export function Finder({ ref, typed, onTyped, onPack, onMember, onWords }: Props) {
  const { t } = useT("till");
  const [isAsking, setAsking] = useState(0);
  const [said, setSaid] = useState("");
  const enter = async () => {
    const code = typed.trim();
    if (code === "") return;
    // The next scan may begin before this one is answered.
    onTyped("");
    setSaid("");
    setAsking((before) => before + 1);
    try {
      if (isCard(code)) {
        const member = await findMember(code);
        if (member) onMember(member);
        else setSaid(t("find.noMember", { code }));
        return;
      }
      const [first, ...others] = await codes(code);
      if (first && !others.some((one) => one.matched_by === first.matched_by)) onPack(packOf(first));
      else if (!(await onWords(code))) setSaid(t("find.unknown", { code }));
    } catch (error) {
      const problem = asProblem(error);
      setSaid(problem.code === OFFLINE ? t("common:problem.offline") : problem.title);
    } finally {
      setAsking((before) => before - 1);
    }
  };
  const isPhone = usePhone();
  return (
    <div className="lq-finder">
      <Input
        ref={ref}
        type="search"
        size="large"
        allowClear
        autoComplete="off"
        aria-label={t("find.label")}
        placeholder={t(isPhone ? "find.short" : "find.label")}
        value={typed}
        maxLength={100}
        onChange={(event) => {
          onTyped(event.target.value);
          setSaid("");
        }}
        onKeyDown={(event: KeyboardEvent) => {
          // While a Chinese word is being composed, Enter belongs to it.
          if (event.key === "Enter" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            void enter();
          }
          if (event.key === "Escape") onTyped("");
        }}
      />
      <p className="lq-fault" role="alert">
        {isAsking === 0 ? said : ""}
      </p>
    </div>
  );
}

/** What a code stands for; nothing where nobody has heard of it. */
async function codes(code: string): Promise<Scanned[]> {
  try {
    return await findCode(code);
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return [];
    throw error;
  }
}

function packOf(found: Scanned): TillPack {
  const { sku_id, pack_id, name_zh, name_en, pack_name_zh, pack_name_en, units } = found;
  return { sku_id, pack_id, name_zh, name_en, pack_name_zh, pack_name_en, units };
}
