import { CheckOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { SearchBox } from "@lingqu/ui";
import { useQuery } from "@tanstack/react-query";
import { Segmented, Skeleton } from "antd";
import { type ReactNode, useState } from "react";

import { useNames } from "../../../lib/names";
import { permissionsQuery } from "../api/roles";
import { useGroupName } from "./group-name";
import { groupsOf } from "./rights";

interface Props {
  has: (right: string) => boolean;
  /** Why it is held, beside each right. */
  why?: (right: string) => ReactNode;
}

/** What somebody may do and what not, by group, with a search over the plain names. */
export function RightsView({ has, why }: Props) {
  const { t } = useT("roles");
  const names = useNames();
  const groupName = useGroupName();
  const [typed, setTyped] = useState("");
  const [isAll, setAll] = useState(false);
  const found = useQuery(permissionsQuery);
  if (found.isPending) return <Skeleton active />;
  const rights = (found.data?.items ?? []).filter(
    (right) =>
      (isAll || has(right.code)) &&
      `${right.name_zh} ${right.name_en} ${right.code}`.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  return (
    <>
      <div className="lq-row lq-rights-tools">
        <div className="lq-toolbar-search">
          <SearchBox label={t("searchRights")} value={typed} onChange={setTyped} />
        </div>
        <Segmented
          aria-label={t("which.label")}
          value={isAll ? "all" : "held"}
          options={(["held", "all"] as const).map((value) => ({ value, label: t(`which.${value}`) }))}
          onChange={(chosen) => {
            setAll(chosen === "all");
          }}
        />
      </div>
      {rights.length === 0 && <p className="lq-soft">{t("noRights")}</p>}
      <div className="lq-rights">
        {groupsOf(rights).map((group) => (
          <section key={group.code} className="lq-rights-group">
            <h3>{groupName(group.code)}</h3>
            <ul className="lq-plain">
              {group.rights.map((right) => (
                <li key={right.code} className={has(right.code) ? undefined : "lq-soft"}>
                  {has(right.code) ? (
                    <CheckOutlined className="lq-rights-yes" aria-label={t("held")} />
                  ) : (
                    <span className="lq-rights-no" role="img" aria-label={t("notHeld")} />
                  )}
                  <span>
                    {names(right.name_zh, right.name_en)}
                    {has(right.code) && why && <span className="lq-soft lq-small"> · {why(right.code)}</span>}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
