import { ProblemError } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Form } from "antd";
import { type ReactNode, useEffect, useState } from "react";

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
  const { record } = props;
  const [version, setVersion] = useState(record.version);
  const [isDirty, setDirty] = useState(false);
  const [newer, setNewer] = useState<(Values & { version: number }) | null>(null);
  const trouble = useFormProblem(form);

  // Somebody else's change is followed as long as nothing was typed here; after that it is a conflict at saving.
  if (!isDirty && record.version !== version) setVersion(record.version);
  useEffect(() => {
    if (!isDirty) form.setFieldsValue(record);
  }, [form, isDirty, record]);

  const saving = useMutation({
    mutationFn: ({ values, from }: { values: Values; from: number }) => props.save(values, from),
    onMutate: trouble.clear,
    onSuccess: async (_, { values }) => {
      void message.success(t("saved"));
      setVersion((await props.reload()).version);
      setDirty(false);
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
  const send = (from: number) => {
    saving.mutate({ values: { ...form.getFieldsValue(true) } as Values, from });
  };

  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={record}
      onValuesChange={() => {
        setDirty(true);
      }}
      onFinish={() => {
        send(version);
      }}
    >
      {newer && (
        <Conflict
          fields={props.fields}
          theirs={newer}
          mine={form.getFieldsValue(true) as Record<string, unknown>}
          onKeep={() => {
            setVersion(newer.version);
            setNewer(null);
            send(newer.version);
          }}
          onTake={() => {
            setNewer(null);
            setVersion(newer.version);
            form.setFieldsValue(newer);
            setDirty(false);
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
