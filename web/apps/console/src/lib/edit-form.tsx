import { ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Form } from "antd";
import { type ReactNode, useState } from "react";

import { Conflict } from "./conflict";
import { useFormProblem } from "./problem-form";

export interface EditField {
  name: string;
  label: string;
  /** How a value is shown where two versions are compared. */
  show?: (value: unknown) => ReactNode;
}

interface Props<Values extends object> {
  /** The record as it was loaded, with the version an edit starts from. */
  record: Values & { version: number };
  fields: EditField[];
  save: (values: Values, version: number) => Promise<unknown>;
  /** Read the record anew, after somebody else changed it. */
  reload: () => Promise<Values & { version: number }>;
  onSaved: (values: Values) => void;
  onCancel?: () => void;
  children: ReactNode;
}

/**
 * A form over a record that others may change meanwhile. The version it was opened with goes along; where the server
 * says that it is stale, both versions are shown and the person's input stays.
 */
export function EditForm<Values extends object>(props: Props<Values>) {
  const { t } = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [base, setBase] = useState(props.record);
  const [newer, setNewer] = useState<(Values & { version: number }) | null>(null);
  const trouble = useFormProblem(form);

  const saving = useMutation({
    mutationFn: ({ values, version }: { values: Values; version: number }) => props.save(values, version),
    onMutate: trouble.clear,
    onSuccess: (_, { values }) => {
      void message.success(t("saved"));
      props.onSaved(values);
    },
    onError: async (error) => {
      if (error instanceof ProblemError && error.isStale) {
        try {
          setNewer(await props.reload());
        } catch (failed) {
          trouble.show(failed);
        }
        return;
      }
      trouble.show(error);
    },
  });
  const send = (version: number) => {
    saving.mutate({ values: { ...form.getFieldsValue(true) } as Values, version });
  };

  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={base}
      onFinish={() => {
        send(base.version);
      }}
    >
      {newer && (
        <Conflict
          fields={props.fields}
          theirs={newer}
          mine={form.getFieldsValue(true) as Record<string, unknown>}
          onKeep={() => {
            setBase(newer);
            setNewer(null);
            send(newer.version);
          }}
          onTake={() => {
            setBase(newer);
            setNewer(null);
            form.setFieldsValue(newer);
          }}
        />
      )}
      {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
      {props.children}
      <div className="lq-row">
        <Button type="primary" htmlType="submit" loading={saving.isPending} disabled={newer !== null}>
          {t("save")}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{t("cancel")}</Button>}
      </div>
    </Form>
  );
}
