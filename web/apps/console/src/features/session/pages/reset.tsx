import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Alert, Button, Form, Input } from "antd";

import { useFormProblem } from "../../../lib/problem-form";
import { askReset, finishReset } from "../api/reset";
import { Door } from "../parts/door";

/** A forgotten password: ask for a link, then choose a new one with it. */
export function ResetPage() {
  const { t } = useT("session");
  const { token } = useSearch({ from: "/password-reset" });
  return (
    <Door title={t("reset.title")} about={token ? t("reset.choose") : t("reset.ask")}>
      {token ? <Finish token={token} /> : <Ask />}
      <p className="lq-door-help">
        <Link to="/login" className="lq-link">
          ← {t("toSignIn")}
        </Link>
      </p>
    </Door>
  );
}

function Ask() {
  const { t } = useT("session");
  const [form] = Form.useForm<{ login: string }>();
  const trouble = useFormProblem(form);
  const asking = useMutation({
    mutationFn: ({ login }: { login: string }) => askReset(login),
    onMutate: trouble.clear,
    onError: trouble.show,
  });
  if (asking.isSuccess) return <Alert type="success" showIcon title={t("reset.sent")} />;
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(values: { login: string }) => {
        asking.mutate(values);
      }}
    >
      {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
      <Form.Item name="login" label={t("login")} rules={[{ required: true, message: t("common:required") }]}>
        <Input size="large" autoComplete="username" autoCapitalize="none" />
      </Form.Item>
      <Button type="primary" size="large" block htmlType="submit" loading={asking.isPending}>
        {t("reset.send")}
      </Button>
    </Form>
  );
}

function Finish({ token }: { token: string }) {
  const { t } = useT("session");
  const [form] = Form.useForm<{ password: string }>();
  const trouble = useFormProblem(form);
  const finishing = useMutation({
    mutationFn: ({ password }: { password: string }) => finishReset(token, password),
    onMutate: trouble.clear,
    onError: trouble.show,
  });
  if (finishing.isSuccess) return <Alert type="success" showIcon title={t("reset.done")} />;
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(values: { password: string }) => {
        finishing.mutate(values);
      }}
    >
      {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
      <Form.Item name="password" label={t("newPassword")} rules={[{ required: true, message: t("common:required") }]}>
        <Input.Password size="large" autoComplete="new-password" visibilityToggle={false} />
      </Form.Item>
      <Button type="primary" size="large" block htmlType="submit" loading={finishing.isPending}>
        {t("reset.save")}
      </Button>
    </Form>
  );
}
