import { useT } from "@lingqu/i18n";
import { Facts, formatPhone, Instant, Page, Section } from "@lingqu/ui";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { EditForm } from "../../../lib/edit-form";
import { memberQuery, membersKey, renameMember } from "../api/members";
import { Points } from "../parts/points";
import { PointsDialog } from "../parts/points-dialog";
import { Purchases } from "../parts/purchases";

/** One member: who it is, the account of points, and what was bought. */
export function MemberPage() {
  const { t, i18n } = useT("members");
  const can = useCan();
  const queries = useQueryClient();
  const { memberId } = useParams({ from: "/shell/members/$memberId" });
  const { data: member } = useSuspenseQuery(memberQuery(memberId));
  const [dialog, setDialog] = useState<"name" | "points" | null>(null);
  const close = () => {
    setDialog(null);
  };
  return (
    <Page
      title={member.name}
      back={
        <Link to="/members" className="lq-link">
          ← {t("title")}
        </Link>
      }
      actions={
        <>
          {can("members.edit") && (
            <Button
              onClick={() => {
                setDialog("name");
              }}
            >
              {t("rename.title")}
            </Button>
          )}
          {can("members.points") && (
            <Button
              onClick={() => {
                setDialog("points");
              }}
            >
              {t("adjust.title")}
            </Button>
          )}
        </>
      }
    >
      <Section>
        <Facts
          items={[
            {
              label: t("points"),
              value: <strong className="lq-large lq-number">{member.points.toLocaleString(i18n.language)}</strong>,
            },
            { label: t("phone"), value: <span className="lq-number">{formatPhone(member.phone)}</span> },
            { label: t("card"), value: <span className="lq-number">{member.code}</span> },
            { label: t("registeredBy"), value: member.registered_by_name },
            { label: t("registeredAt"), value: <Instant at={member.registered_at} /> },
          ]}
        />
      </Section>
      {can("orders.see") && (
        <Section title={t("purchases")} flush>
          <Purchases member={memberId} />
        </Section>
      )}
      <Section title={t("pointsAccount")} flush>
        <Points member={memberId} />
      </Section>
      {dialog === "points" && <PointsDialog member={member} onClose={close} />}
      {dialog === "name" && (
        <Modal open title={t("rename.title")} footer={null} onCancel={close}>
          <EditForm<{ name: string }>
            record={member}
            fields={[{ name: "name", label: t("name") }]}
            save={({ name }, version) => renameMember(memberId, name, version)}
            reload={() => queries.query({ ...memberQuery(memberId), staleTime: 0 })}
            onSaved={() => {
              void queries.invalidateQueries({ queryKey: membersKey });
              close();
            }}
            onCancel={close}
          >
            <Form.Item
              name="name"
              label={t("name")}
              rules={[{ required: true, whitespace: true, message: t("common:required") }]}
            >
              <Input maxLength={100} />
            </Form.Item>
          </EditForm>
        </Modal>
      )}
    </Page>
  );
}
