import { asProblem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Switch } from "antd";

import { preferenceQuery, setPreference } from "../api/preference";

/** The wish to get notices by mail too; without an address it says where to give one. */
export function ByMail() {
  const { t } = useT("notices");
  const queries = useQueryClient();
  const preference = useQuery(preferenceQuery).data;
  const setting = useMutation({
    mutationFn: setPreference,
    onSuccess: (data) => {
      queries.setQueryData(preferenceQuery.queryKey, data);
    },
  });
  if (!preference) return null;
  return (
    <>
      {setting.error && <ProblemAlert problem={asProblem(setting.error)} />}
      <div className="lq-row">
        <Switch
          id="notices-by-mail"
          checked={preference.is_by_mail}
          loading={setting.isPending}
          onChange={(wished) => {
            setting.mutate(wished);
          }}
        />
        <label htmlFor="notices-by-mail">
          {preference.email ? t("byMail", { email: preference.email }) : t("noEmail")}
        </label>
        {!preference.email && (
          <Link to="/profile" className="lq-link">
            {t("giveEmail")}
          </Link>
        )}
      </div>
    </>
  );
}
