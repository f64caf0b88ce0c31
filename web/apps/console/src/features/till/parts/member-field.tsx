import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { findMember } from "../api/member";
import type { TillMember } from "./till-state";

interface Props {
  member: TillMember | null;
  onMember: (member: TillMember | null) => void;
}

/** Who buys: a member found by phone or card, else a walk-in. */
export function MemberField({ member, onMember }: Props) {
  const { t, i18n } = useT("till");
  const can = useCan();
  const [typed, setTyped] = useState("");
  const finding = useMutation({
    mutationFn: findMember,
    onSuccess: (found) => {
      if (!found) return;
      setTyped("");
      const { id, name, code, points } = found;
      onMember({ id, name, code, points });
    },
  });
  if (member) {
    return (
      <div className="lq-till-member">
        <span>
          <span className="lq-strong">{member.name}</span>{" "}
          <span className="lq-soft lq-small">
            {t("member.points", { points: member.points.toLocaleString(i18n.language) })}
          </span>
        </span>
        <Button
          type="text"
          size="small"
          onClick={() => {
            onMember(null);
          }}
        >
          {t("member.remove")}
        </Button>
      </div>
    );
  }
  const problem = finding.error && asProblem(finding.error);
  return (
    <div>
      <Input.Search
        aria-label={t("member.label")}
        placeholder={t("member.label")}
        enterButton={t("member.find")}
        inputMode="tel"
        maxLength={40}
        value={typed}
        loading={finding.isPending}
        onChange={(event) => {
          setTyped(event.target.value);
          finding.reset();
        }}
        onSearch={(text) => {
          if (text.trim()) finding.mutate(text.trim());
        }}
      />
      <p className="lq-fault" role="alert">
        {problem?.errors?.[0]?.message ??
          problem?.title ??
          (finding.isSuccess && !finding.data ? t("member.none") : "")}
      </p>
      {finding.isSuccess && !finding.data && can("members.edit") && (
        <Link to="/members" className="lq-link">
          {t("member.register")} →
        </Link>
      )}
    </div>
  );
}
