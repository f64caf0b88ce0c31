import "../parts/users.css";

import { usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Page, Section, Tag } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { ChangesLink } from "../../../lib/changes-link";
import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import { deleteRole, roleQuery } from "../api/roles";
import { type User, usersKey, usersQuery } from "../api/users";
import { EditRole } from "../parts/edit-role";
import { NewRole } from "../parts/new-role";
import { RightsView } from "../parts/rights-view";
import { UserState } from "../parts/user-status";

/** One role: what it allows and who has it. */
export function RolePage() {
  const { t } = useT("roles");
  const names = useNames();
  const can = useCan();
  const navigate = useNavigate();
  const { roleId } = useParams({ from: "/shell/roles/$roleId" });
  const { data: role } = useSuspenseQuery(roleQuery(roleId));
  const [asked, setAsked] = useState<"edit" | "copy" | "delete" | null>(null);
  const ask = (wish: typeof asked) => () => {
    setAsked(wish);
  };
  const close = ask(null);
  const canChange = can("users.edit") && !role.is_built_in;
  return (
    <Page
      title={names(role.name_zh, role.name_en)}
      back={
        <Link to="/users" search={{ view: "roles" }} className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={
        <Tag tone={role.is_built_in ? "neutral" : "info"}>{t(role.is_built_in ? "origin.true" : "origin.false")}</Tag>
      }
      about={role.is_built_in ? t("builtInHint") : role.code}
      actions={
        asked !== "edit" && (
          <>
            <ChangesLink kind="role" id={role.id} />
            {can("users.edit") && <Button onClick={ask("copy")}>{t("copy")}</Button>}
            {canChange && (
              <>
                <Button danger onClick={ask("delete")}>
                  {t("delete")}
                </Button>
                <Button type="primary" onClick={ask("edit")}>
                  {t("edit")}
                </Button>
              </>
            )}
          </>
        )
      }
    >
      <Section title={t("rights")}>
        {asked === "edit" ? (
          <EditRole role={role} onClose={close} />
        ) : (
          <RightsView has={(right) => role.permissions.includes(right)} />
        )}
      </Section>
      <Holders roleId={role.id} />
      {asked === "copy" && <NewRole from={role} onClose={close} />}
      {asked === "delete" && (
        <StepDialog
          changes={[...usersKey, "roles", "list"]}
          title={t("delete")}
          submit={t("delete")}
          isDangerous
          send={async () => {
            await deleteRole(role.id);
            await navigate({ to: "/users", search: { view: "roles" } });
          }}
          onClose={close}
        >
          <p>{t("deleteHint", { name: names(role.name_zh, role.name_en) })}</p>
        </StepDialog>
      )}
    </Page>
  );
}

function Holders({ roleId }: { roleId: number }) {
  const { t } = useT("roles");
  const me = useMe();
  const pages = usePages(usersQuery({ role_id: roleId, party_id: me.party_id }));
  const columns: Column<User>[] = [
    {
      key: "name",
      title: t("user"),
      phone: "title",
      render: (row) => (
        <Link to="/users/$userId" params={{ userId: row.id }} className="lq-link">
          {row.name}
        </Link>
      ),
    },
    { key: "login", title: t("login"), render: (row) => row.login },
    { key: "status", title: t("statusLabel"), phone: "aside", render: (row) => <UserState status={row.status} /> },
  ];
  return (
    <Section title={t("holders")} flush>
      <DataTable
        label={t("holders")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        blank={{ title: t("nobody") }}
      />
    </Section>
  );
}
