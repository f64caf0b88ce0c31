import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "antd";

import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { permissionsQuery } from "../api/roles";
import { useGroupName } from "./group-name";
import { groupsOf, withGroup } from "./rights";

/** Choose rights, by group; what one lacks oneself can be seen but not given. */
export function RightsField({ value = [], onChange }: { value?: string[]; onChange?: (rights: string[]) => void }) {
  const { t } = useT("roles");
  const me = useMe();
  const names = useNames();
  const groupName = useGroupName();
  const rights = useQuery(permissionsQuery).data?.items ?? [];
  const mayGive = (right: string) => me.permissions.includes(right);
  return (
    <div className="lq-rights">
      {groupsOf(rights).map((group) => {
        const ticked = group.rights.filter((right) => value.includes(right.code)).length;
        return (
          <fieldset key={group.code} className="lq-rights-group">
            <legend>
              <Checkbox
                checked={ticked === group.rights.length}
                indeterminate={ticked > 0 && ticked < group.rights.length}
                onChange={(event) => {
                  onChange?.(withGroup(value, group, event.target.checked, mayGive));
                }}
              >
                {groupName(group.code)}
              </Checkbox>
              <span className="lq-soft lq-small">{t("ofGroup", { count: ticked, of: group.rights.length })}</span>
            </legend>
            {group.rights.map((right) => (
              <Checkbox
                key={right.code}
                checked={value.includes(right.code)}
                disabled={!mayGive(right.code)}
                onChange={(event) => {
                  onChange?.(event.target.checked ? [...value, right.code] : value.filter((one) => one !== right.code));
                }}
              >
                {names(right.name_zh, right.name_en)}
              </Checkbox>
            ))}
          </fieldset>
        );
      })}
      {rights.some((right) => !mayGive(right.code)) && <p className="lq-soft lq-small">{t("notYours")}</p>}
    </div>
  );
}
