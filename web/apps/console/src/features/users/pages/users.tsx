import { useT } from "@lingqu/i18n";
import { Page } from "@lingqu/ui";
import { Button, Segmented } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { useListState } from "../../../lib/list-state";
import { InvitationList } from "../parts/invitation-list";
import { Invite } from "../parts/invite";
import { UserList } from "../parts/user-list";

/** Who works here, as what, and who is invited. */
export function UsersPage() {
  const { t } = useT("users");
  const can = useCan();
  const [state, setState] = useListState();
  const [isInviting, setInviting] = useState(false);
  const view = state.view === "invitations" ? "invitations" : "users";
  return (
    <Page
      title={t("title")}
      actions={
        can("users.edit") && (
          <Button
            type="primary"
            onClick={() => {
              setInviting(true);
            }}
          >
            {t("invite.title")}
          </Button>
        )
      }
    >
      <Segmented
        aria-label={t("view.label")}
        value={view}
        options={(["users", "invitations"] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(chosen) => {
          setState({ view: chosen === "users" ? "" : chosen, q: "", sort: "", status: "" });
        }}
      />
      {view === "users" ? <UserList /> : <InvitationList />}
      {isInviting && (
        <Invite
          onClose={() => {
            setInviting(false);
          }}
        />
      )}
    </Page>
  );
}
