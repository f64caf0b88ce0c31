import { useT } from "@lingqu/i18n";
import { ProblemAlert } from "@lingqu/ui";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Modal } from "antd";

import { useFormProblem } from "../../../lib/problem-form";
import { editPicture, type Picture } from "../api/pictures";

interface Values {
  alt_zh: string;
  alt_en: string;
}

/** What a picture shows, for those who cannot see it. */
export function DescribePicture({ picture, onClose }: { picture: Picture; onClose: () => void }) {
  const { t } = useT("skus");
  const [form] = Form.useForm<Values>();
  const trouble = useFormProblem(form);
  const saving = useMutation({
    mutationFn: (values: Values) => editPicture(picture.id, values, picture.version),
    onMutate: trouble.clear,
    onError: trouble.show,
    onSuccess: onClose,
  });
  return (
    <Modal open footer={null} title={t("picture.words")} onCancel={onClose}>
      <p className="lq-soft">{t("picture.wordsHint")}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ alt_zh: picture.alt_zh, alt_en: picture.alt_en }}
        onFinish={(values) => {
          saving.mutate(values);
        }}
      >
        {trouble.problem && <ProblemAlert problem={trouble.problem} hidden={trouble.shown} />}
        <Form.Item name="alt_zh" label={t("picture.wordsZh")}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="alt_en" label={t("picture.wordsEn")}>
          <Input maxLength={300} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t("common:save")}
        </Button>
      </Form>
    </Modal>
  );
}
