import { asProblem, newKey } from "@lingqu/api";
import { useT } from "@lingqu/i18n";
import { Page, ProblemAlert, Section } from "@lingqu/ui";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Button, Form, Radio } from "antd";
import { useState } from "react";

import { listQuery } from "../api/list";
import { saveStanding, standingKey } from "../api/standing";
import { Fields } from "../parts/fields";
import { contentOf, firstValues, type Values } from "../parts/values";

interface NewValues extends Values {
  follows: boolean;
}

/** Make a standing order of a kept list: following it, or with its goods as they are now. */
export function NewStandingPage() {
  const { t } = useT("standing");
  const { templateId } = useParams({ from: "/shell/standing/new/$templateId" });
  const { data: list } = useSuspenseQuery(listQuery(templateId));
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const saving = useMutation({
    mutationFn: (values: NewValues) =>
      saveStanding(
        {
          seller_id: list.seller_id,
          ...contentOf(values),
          wishes: { po_number: values.po_number, note: values.note },
          ...(values.follows
            ? { template_id: list.id }
            : { lines: list.lines.map(({ sku_id, pack_id, packs }) => ({ sku_id, pack_id, packs })) }),
        },
        key,
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: standingKey });
      await navigate({ to: "/standing/$standingId", params: { standingId: id } });
    },
  });
  return (
    <Page
      title={t("new")}
      width="narrow"
      back={
        <Link to="/shop/$sellerId/lists" params={{ sellerId: list.seller_id }} className="lq-link">
          ← {t("lists")}
        </Link>
      }
    >
      <Section title={`${list.seller_name} · ${list.name}`}>
        {saving.error && <ProblemAlert problem={asProblem(saving.error)} />}
        <Form<NewValues>
          layout="vertical"
          initialValues={{ ...firstValues(list.name), follows: true }}
          onFinish={() => undefined}
          onFinishFailed={() => undefined}
          id="new-standing"
        >
          <Fields />
          <Form.Item name="follows" label={t("linesFrom")}>
            <Radio.Group
              options={[
                { value: true, label: t("follows") },
                { value: false, label: t("fixed") },
              ]}
            />
          </Form.Item>
          <Submit isPending={saving.isPending} onSend={saving.mutate} />
        </Form>
      </Section>
    </Page>
  );
}

function Submit({ isPending, onSend }: { isPending: boolean; onSend: (values: NewValues) => void }) {
  const { t } = useT("standing");
  const form = Form.useFormInstance<NewValues>();
  return (
    <Button
      type="primary"
      block
      loading={isPending}
      onClick={() => {
        void form.validateFields().then(() => {
          onSend(form.getFieldsValue(true) as NewValues);
        });
      }}
    >
      {t("make")}
    </Button>
  );
}
