import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";

import { useFormProblem } from "../../../lib/problem-form";
import { acceptInvitation } from "../api/accept";
import { Door } from "../parts/door";

interface Values {
  login: string;
  password: string;
  name?: string;
  phone?: string;
}

/** Somebody was invited: choose a login and a password, and go in. */
export function InvitationPage() {
  const { t } = useT("session");
  const { token = "" } = useSearch({ from: "/invitation" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const trouble = useFormProblem(form);
  const accepting = useMutation({
    mutationFn: ({ login, password, name, phone }: Values) =>
      acceptInvitation({ token, login, password, name: name?.trim() || null, phone: phone?.trim() || null }),
    onMutate: trouble.clear,
    onError: trouble.show,
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: "/", replace: true });
    },
  });
  const required = [{ required: true, message: t("common:required") }];
  return (
    <Door title={t("invitation.title")} about={t("invitation.about")}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => {
          accepting.mutate(values);
        }}
      >
        {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
        <Form.Item name="login" label={t("login")} rules={required}>
          <Input size="large" autoComplete="username" autoCapitalize="none" />
        </Form.Item>
        <Form.Item name="password" label={t("newPassword")} rules={required}>
          <Input.Password size="large" autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
        <Form.Item name="name" label={t("invitation.name")}>
          <Input size="large" autoComplete="name" />
        </Form.Item>
        <Form.Item name="phone" label={t("invitation.phone")}>
          <Input size="large" type="tel" autoComplete="tel" />
        </Form.Item>
        <Button type="primary" size="large" block htmlType="submit" loading={accepting.isPending}>
          {t("invitation.enter")}
        </Button>
      </Form>
    </Door>
  );
}
