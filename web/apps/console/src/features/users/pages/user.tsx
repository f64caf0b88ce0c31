import "../parts/users.css";

import { useT } from "@lingqu/i18n";
import { Facts, Nothing, Page, Section } from "@lingqu/ui";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Fragment } from "react";

import { useCan } from "../../../lib/access";
import { ChangesLink } from "../../../lib/changes-link";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { type Role, rolesQuery, userQuery } from "../api/users";
import { sourcesOf } from "../parts/rights";
import { RightsView } from "../parts/rights-view";
import { UserActions } from "../parts/user-actions";
import { UserState } from "../parts/user-status";

/** One user of the own organization: which roles it has, what they let it do, and which of them does. */
export function UserPage() {
  const { t } = useT("users");
  const names = useNames();
  const can = useCan();
  const me = useMe();
  const navigate = useNavigate();
  const { userId } = useParams({ from: "/shell/users/$userId" });
  const { data: user } = useSuspenseQuery(userQuery(userId));
  const every = useQuery(rolesQuery).data?.items ?? [];
  const held = every.filter((role) => user.roles.some((one) => one.role_id === role.id));
  const sources = sourcesOf(held);
  const isOut = user.status !== "active";
  const linked = (roles: Pick<Role, "id" | "name_zh" | "name_en">[]) =>
    roles.map((role, index) => (
      <Fragment key={role.id}>
        {index > 0 && " / "}
        <Link to="/roles/$roleId" params={{ roleId: role.id }} className="lq-link">
          {names(role.name_zh, role.name_en)}
        </Link>
      </Fragment>
    ));
  return (
    <Page
      title={user.name}
      back={
        <Link to="/users" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<UserState status={user.status} />}
      actions={
        <>
          <ChangesLink kind="user" id={user.id} />
          {can("users.edit") && user.id !== me.user_id && (
            <UserActions user={user} onLeft={() => void navigate({ to: "/users" })} />
          )}
        </>
      }
    >
      <Section title={t("about")}>
        <Facts
          items={[
            { label: t("login"), value: user.login },
            { label: t("phone"), value: user.phone ?? <Nothing /> },
            { label: t("email"), value: user.email ?? <Nothing /> },
            { label: t("roles"), value: linked(held) },
          ]}
        />
      </Section>
      <Section title={t("may")}>
        <p className="lq-soft">{isOut ? t("mayNothing") : t("mayHint")}</p>
        <RightsView has={(right) => sources.has(right)} why={(right) => linked(sources.get(right) ?? [])} />
      </Section>
    </Page>
  );
}
