import { asProblem, newKey, type Problem } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { usePhone } from "@lingqu/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input, Modal } from "antd";
import { useState } from "react";

import { decide } from "../api/decide";
import { nameOf, type ToDo } from "../../../lib/to-do";

interface Failed {
  one: ToDo;
  problem: Problem;
}

interface Props {
  items: ToDo[];
  isAccepted: boolean;
  onClose: () => void;
}

/** Decide on several things with one reason: each by itself, so that one that fails leaves the others decided. */
export function DecideDialog({ items: given, isAccepted, onClose }: Props) {
  const { t } = useT("approvals");
  const isPhone = usePhone();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ reason?: string }>();
  // What was chosen when the dialog opened; the list behind it shrinks while it works.
  const [items] = useState(given);
  const [keys] = useState(() => new Map(given.map((one) => [one.id, newKey()])));
  const [done, setDone] = useState<ReadonlySet<number>>(new Set());
  const [failed, setFailed] = useState<Failed[]>([]);
  const left = items.filter((one) => !done.has(one.id));
  const deciding = useMutation({
    mutationFn: async (reason: string) => {
      const now = new Set(done);
      const found: Failed[] = [];
      for (const one of left) {
        try {
          await decide(one, isAccepted, reason, keys.get(one.id) ?? newKey());
          now.add(one.id);
        } catch (error) {
          found.push({ one, problem: asProblem(error) });
        }
      }
      setDone(now);
      setFailed(found);
      return found.length;
    },
    onSuccess: async (count) => {
      await queries.invalidateQueries();
      if (count > 0) return;
      void message.success(t("common:done"));
      onClose();
    },
  });
  const count = left.length;
  return (
    <Modal
      open
      title={isAccepted ? t("agreeTo", { count }) : t("refuseThem", { count })}
      width={isPhone ? "100%" : 520}
      okText={isAccepted ? t("agree") : t("refuse")}
      cancelText={t("common:cancel")}
      okButtonProps={{ danger: !isAccepted, loading: deciding.isPending, disabled: count === 0 }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={({ reason = "" }) => {
          deciding.mutate(reason);
        }}
      >
        {failed.length > 0 && (
          <Alert
            className="lq-problem"
            type="warning"
            role="alert"
            showIcon
            title={t("someFailed", { done: done.size, failed: failed.length })}
            description={
              <ul>
                {failed.map(({ one, problem }) => (
                  <li key={one.id}>
                    {nameOf(one)}: {problem.detail ?? problem.title}
                  </li>
                ))}
              </ul>
            }
          />
        )}
        <ul>
          {left.map((one) => (
            <li key={one.id}>{nameOf(one)}</li>
          ))}
        </ul>
        <Form.Item
          name="reason"
          label={t("reason")}
          rules={[{ required: !isAccepted, whitespace: true, message: t("common:required") }]}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
