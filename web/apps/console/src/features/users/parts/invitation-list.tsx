import { asProblem, usePages } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { type Column, DataTable, Instant, ProblemAlert, Tag, type Tone } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";

import { useCan } from "../../../lib/access";
import { type InvitationLine, invitationsQuery, revokeInvitation } from "../api/invitations";
import { usersKey } from "../api/users";

const TONE: Record<InvitationLine["state"], Tone> = {
  open: "info",
  accepted: "good",
  expired: "neutral",
  revoked: "neutral",
};

/** Who was invited, and what became of it. */
export function InvitationList() {
  const { t } = useT("users");
  const can = useCan();
  const queries = useQueryClient();
  const pages = usePages(invitationsQuery);
  const revoking = useMutation({
    mutationFn: revokeInvitation,
    onSettled: () => queries.invalidateQueries({ queryKey: usersKey }),
  });
  const columns: Column<InvitationLine>[] = [
    { key: "name", title: t("name"), phone: "title", render: (row) => row.name },
    { key: "organization", title: t("organization"), render: (row) => row.organization_name },
    { key: "at", title: t("invitedAt"), render: (row) => <Instant at={row.invited_at} /> },
    { key: "until", title: t("until"), render: (row) => <Instant at={row.expires_at} /> },
    {
      key: "state",
      title: t("statusLabel"),
      phone: "aside",
      render: (row) => <Tag tone={TONE[row.state]}>{t(`invitation.${row.state}`)}</Tag>,
    },
    {
      key: "action",
      title: t("action"),
      render: (row) =>
        row.state === "open" &&
        can("users.edit") && (
          <Button
            size="small"
            loading={revoking.isPending && revoking.variables === row.id}
            onClick={() => {
              revoking.mutate(row.id);
            }}
          >
            {t("revoke")}
          </Button>
        ),
    },
  ];
  return (
    <>
      {revoking.error && <ProblemAlert problem={asProblem(revoking.error)} />}
      <DataTable
        label={t("view.invitations")}
        columns={columns}
        rowKey={(row) => row.id}
        pages={pages}
        blank={{ title: t("noInvitations") }}
      />
    </>
  );
}
