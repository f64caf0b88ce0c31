import { newKey, ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert, usePhone } from "@lingqu/ui";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Form, Modal } from "antd";
import { type ReactNode, useState } from "react";

import { useFormProblem } from "./problem-form";

interface Props<Values extends object> {
  title: string;
  submit: string;
  isDangerous?: boolean;
  initial?: Partial<Values>;
  send: (values: Values, key: string) => Promise<unknown>;
  onClose: () => void;
  /** What the step changes, to be read again. */
  changes: QueryKey;
  width?: number;
  children?: ReactNode;
}

/**
 * One step of a document: asks for what the step needs, sends it once however often the button is pressed or the line
 * breaks, and shows a refusal where it belongs.
 */
export function StepDialog<Values extends object>(props: Props<Values>) {
  const { t } = useT();
  const isPhone = usePhone();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const trouble = useFormProblem(form);
  const [key] = useState(newKey);
  const step = useMutation({
    mutationFn: (values: Values) => props.send(values, key),
    onMutate: trouble.clear,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: props.changes });
      void message.success(t("done"));
      props.onClose();
    },
    onError: async (error) => {
      trouble.show(error);
      // The document is not in the state that this page shows: show the one it is in.
      if (error instanceof ProblemError && (error.status === 409 || error.isStale))
        await queries.invalidateQueries({ queryKey: props.changes });
    },
  });
  return (
    <Modal
      open
      title={props.title}
      width={isPhone ? "100%" : (props.width ?? 520)}
      okText={props.submit}
      cancelText={t("cancel")}
      okButtonProps={{ danger: props.isDangerous ?? false, loading: step.isPending }}
      onOk={form.submit}
      onCancel={props.onClose}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={props.initial ?? {}}
        onFinish={(values) => {
          step.mutate(values);
        }}
      >
        {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
        {props.children}
      </Form>
    </Modal>
  );
}
