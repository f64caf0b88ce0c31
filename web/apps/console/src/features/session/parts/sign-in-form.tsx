import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";

import { useFormProblem } from "../../../lib/problem-form";
import { type Credentials, signIn } from "../api/sign-in";

/** Login and password; `onDone` hears when the session stands. */
export function SignInForm({ login, onDone }: { login?: string; onDone: () => void }) {
  const { t } = useT("session");
  const [form] = Form.useForm<Credentials>();
  const trouble = useFormProblem(form);
  const entry = useMutation({ mutationFn: signIn, onSuccess: onDone, onError: trouble.show, onMutate: trouble.clear });
  const required = [{ required: true, message: t("common:required") }];
  return (
    <Form<Credentials>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ login }}
      onFinish={(values) => {
        entry.mutate(values);
      }}
    >
      {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
      <Form.Item name="login" label={t("login")} rules={required}>
        <Input size="large" autoComplete="username" autoCapitalize="none" autoFocus={!login} spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={t("password")} rules={required}>
        <Input.Password size="large" autoComplete="current-password" visibilityToggle={false} autoFocus={!!login} />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={entry.isPending}>
        {t("signIn")}
      </Button>
    </Form>
  );
}
