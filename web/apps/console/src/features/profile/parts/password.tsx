import { useT } from "@lingqu/i18n";
import { ProblemAlert, Section } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";

import { useFormProblem } from "../../../lib/problem-form";
import { changePassword } from "../api/change-password";
import { sessionsKey } from "../api/sessions";

interface Values {
  present: string;
  new: string;
  again: string;
}

/** A new password; every other session ends with it. */
export function Password() {
  const { t } = useT("profile");
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const trouble = useFormProblem(form);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: ({ present, new: wanted }: Values) => changePassword({ present, new: wanted }),
    onMutate: trouble.clear,
    onError: trouble.show,
    onSuccess: async () => {
      form.resetFields();
      void message.success(t("passwordChanged"));
      await queries.invalidateQueries({ queryKey: sessionsKey });
    },
  });
  const required = { required: true, message: t("common:required") };
  return (
    <Section title={t("password")}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => {
          change.mutate(values);
        }}
      >
        {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
        <Form.Item name="present" label={t("present")} rules={[required]}>
          <Input.Password autoComplete="current-password" visibilityToggle={false} />
        </Form.Item>
        <Form.Item name="new" label={t("new")} rules={[required]}>
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
        <Form.Item
          name="again"
          label={t("again")}
          dependencies={["new"]}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue("new") ? Promise.resolve() : Promise.reject(new Error(t("notSame"))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending}>
          {t("changePassword")}
        </Button>
      </Form>
    </Section>
  );
}
