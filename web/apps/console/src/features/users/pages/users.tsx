import { useT } from "@lingqu/i18n";
import { Page } from "@lingqu/ui";
import { Button, Segmented } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { InvitationList } from "../parts/invitation-list";
import { Invite } from "../parts/invite";
import { NewRole } from "../parts/new-role";
import { RoleList } from "../parts/role-list";
import { UserList } from "../parts/user-list";

const VIEWS = ["users", "roles", "invitations"] as const;
type View = (typeof VIEWS)[number];

/** Who works here, as what, and who is invited. */
export function UsersPage() {
  const { t } = useT("users");
  const can = useCan();
  const [state, setState] = useListState();
  const [isOpen, setOpen] = useState(false);
  const view: View = VIEWS.find((one) => one === state.view) ?? "users";
  const close = () => {
    setOpen(false);
  };
  return (
    <Page
      title={t("title")}
      actions={
        can("users.edit") && (
          <Button
            type="primary"
            onClick={() => {
              setOpen(true);
            }}
          >
            {view === "roles" ? t("newRole") : t("invite.title")}
          </Button>
        )
      }
    >
      <Segmented
        aria-label={t("view.label")}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(chosen) => {
          setState({ view: chosen === "users" ? "" : chosen, q: "", sort: "", status: "", is_built_in: "" });
        }}
      />
      {view === "users" && <UserList />}
      {view === "roles" && <RoleList />}
      {view === "invitations" && <InvitationList />}
      {isOpen && (view === "roles" ? <NewRole onClose={close} /> : <Invite onClose={close} />)}
    </Page>
  );
}
