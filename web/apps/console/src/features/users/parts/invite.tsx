import { newKey } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Day, ProblemAlert } from "@lingqu/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Modal, Select, Typography } from "antd";
import { useState } from "react";

import { useMe } from "../../../lib/me";
import { useNames } from "../../../lib/names";
import { useFormProblem } from "../../../lib/problem-form";
import { type Invitation, inviteUser } from "../api/invitations";
import { rolesQuery, usersKey } from "../api/users";

/** Invite somebody into the own organization; the link is shown once, to be passed on. */
export function Invite({ onClose }: { onClose: () => void }) {
  const { t } = useT("users");
  const me = useMe();
  const names = useNames();
  const queries = useQueryClient();
  const [form] = Form.useForm<Invitation>();
  const trouble = useFormProblem(form);
  const [key] = useState(newKey);
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const inviting = useMutation({
    mutationFn: (body: Invitation) =>
      inviteUser(me.organization_id, { ...body, email: body.email?.trim() || null }, key),
    onMutate: trouble.clear,
    onError: trouble.show,
    onSuccess: () => queries.invalidateQueries({ queryKey: usersKey }),
  });
  const invited = inviting.data;
  const required = [{ required: true, message: t("common:required") }];
  return (
    <Modal open footer={null} title={t("invite.title")} onCancel={onClose} mask={{ closable: false }}>
      {invited ? (
        <>
          <Alert type="success" showIcon title={t("invite.made")} className="lq-problem" />
          <p className="lq-soft">
            {t("invite.until")} <Day on={invited.expires_at.slice(0, 10)} />
          </p>
          <Typography.Paragraph copyable className="lq-link-box">
            {location.origin + invited.path}
          </Typography.Paragraph>
        </>
      ) : (
        <Form<Invitation>
          form={form}
          layout="vertical"
          onFinish={(values) => {
            inviting.mutate(values);
          }}
        >
          {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
          <Form.Item name="name" label={t("name")} rules={required}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="role_ids" label={t("roles")} rules={required}>
            <Select
              mode="multiple"
              options={roles.map((role) => ({ value: role.id, label: names(role.name_zh, role.name_en) }))}
            />
          </Form.Item>
          <Form.Item name="email" label={t("email")}>
            <Input type="email" maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={inviting.isPending}>
            {t("invite.submit")}
          </Button>
        </Form>
      )}
    </Modal>
  );
}
