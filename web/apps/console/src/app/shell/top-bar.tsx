import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { useT } from "@lingqu/i18n";
import { usePhone } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";

import { Bell } from "../../features/notices/parts/bell";
import { signOut } from "../../features/session/api/sign-out";
import { switchOrganization } from "../../features/session/api/switch";
import { LanguageSwitch } from "../../lib/language-switch";
import { useMe } from "../../lib/me";

/** Who is here, in which language, and the way out. */
export function TopBar() {
  const { t } = useT("shell");
  const me = useMe();
  const isPhone = usePhone();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const exit = useMutation({
    mutationFn: signOut,
    // Even where the server did not answer, this device forgets.
    onSettled: async () => {
      await navigate({ to: "/login" });
      queries.clear();
    },
  });
  const others = me.memberships.filter((one) => one.party_id !== me.party_id);
  const change = useMutation({
    mutationFn: switchOrganization,
    // Nothing of the former organization may stay on the screen.
    onSuccess: () => {
      location.assign("/");
    },
  });
  return (
    <header className="lq-top">
      <div className="lq-top-name">{isPhone && me.organization_name}</div>
      <Bell />
      <LanguageSwitch />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            {
              key: "profile",
              icon: <UserOutlined />,
              label: t("profile"),
              onClick: () => void navigate({ to: "/profile" }),
            },
            ...(others.length > 0
              ? [
                  {
                    type: "group" as const,
                    label: t("switch"),
                    children: others.map((one) => ({
                      key: one.party_id,
                      label: one.name,
                      onClick: () => {
                        change.mutate(one.party_id);
                      },
                    })),
                  },
                ]
              : []),
            { type: "divider" },
            {
              key: "exit",
              icon: <LogoutOutlined />,
              label: t("signOut"),
              onClick: () => {
                exit.mutate();
              },
            },
          ],
        }}
      >
        <Button type="text" icon={<UserOutlined />} aria-label={t("account", { name: me.name })}>
          {!isPhone && me.name}
        </Button>
      </Dropdown>
    </header>
  );
}
