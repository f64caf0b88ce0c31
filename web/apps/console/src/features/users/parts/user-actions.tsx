import { useT } from "@lingqu/i18n";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Select } from "antd";
import { useState } from "react";

import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { StepDialog } from "../../../lib/step-dialog";
import { removeUser, rolesQuery, setLock, setRoles, type User, usersKey } from "../api/users";

type Wish = "roles" | "lock" | "remove";

/** What can be decided about a user of the own organization: its roles, a lock, its leaving. */
export function UserActions({ user, isSmall = false, onLeft }: { user: User; isSmall?: boolean; onLeft?: () => void }) {
  const { t } = useT("users");
  const [asked, setAsked] = useState<Wish | null>(null);
  const close = () => {
    setAsked(null);
  };
  const lockName = user.status === "locked" ? t("unlock") : t("lock");
  const size = isSmall ? "small" : "middle";
  return (
    <span className="lq-row">
      <Button
        size={size}
        onClick={() => {
          setAsked("roles");
        }}
      >
        {t("setRoles")}
      </Button>
      {user.status !== "closed" && (
        <Button
          size={size}
          onClick={() => {
            setAsked("lock");
          }}
        >
          {lockName}
        </Button>
      )}
      {onLeft && (
        <Button
          size={size}
          danger
          onClick={() => {
            setAsked("remove");
          }}
        >
          {t("remove")}
        </Button>
      )}
      {asked === "roles" && <RolesDialog user={user} onClose={close} />}
      {asked === "lock" && (
        <StepDialog
          changes={usersKey}
          title={lockName}
          submit={lockName}
          send={() => setLock(user.id, user.status !== "locked")}
          onClose={close}
        >
          <p>{t("lockHint", { name: user.name })}</p>
        </StepDialog>
      )}
      {asked === "remove" && (
        <StepDialog
          changes={[...usersKey, "list"]}
          title={t("remove")}
          submit={t("remove")}
          isDangerous
          send={async () => {
            await removeUser(user.id);
            onLeft?.();
          }}
          onClose={close}
        >
          <p>{t("removeHint", { name: user.name })}</p>
        </StepDialog>
      )}
    </span>
  );
}

function RolesDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useT("users");
  const me = useMe();
  const names = useNames();
  const roles = useQuery(rolesQuery).data?.items ?? [];
  return (
    <StepDialog<{ role_ids: number[] }>
      changes={usersKey}
      title={t("rolesOf", { name: user.name })}
      submit={t("common:save")}
      initial={{ role_ids: user.roles.filter((role) => role.party_id === me.party_id).map((role) => role.role_id) }}
      send={({ role_ids }) => setRoles(user.id, role_ids)}
      onClose={onClose}
    >
      <Form.Item name="role_ids" label={t("roles")} rules={[{ required: true, message: t("common:required") }]}>
        <Select
          mode="multiple"
          options={roles.map((role) => ({ value: role.id, label: names(role.name_zh, role.name_en) }))}
        />
      </Form.Item>
    </StepDialog>
  );
}
