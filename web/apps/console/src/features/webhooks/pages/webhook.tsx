import { useT } from "@lingqu/i18n";
import { Facts, Instant, Nothing, Page, Section, Tag } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Alert } from "antd";

import { webhookQuery } from "../api/webhooks";
import { Actions } from "../parts/actions";
import { Deliveries } from "../parts/deliveries";
import { useSubjectName } from "../parts/fields";
import { WebhookTag } from "../parts/state";

/** One webhook: what it is told, how it answers, and every delivery. */
export function WebhookPage() {
  const { t } = useT("webhooks");
  const nameOf = useSubjectName();
  const navigate = useNavigate();
  const { webhookId } = useParams({ from: "/shell/webhooks/$webhookId" });
  const { data: webhook } = useSuspenseQuery(webhookQuery(webhookId));
  return (
    <Page
      title={webhook.description || webhook.url}
      back={
        <Link to="/webhooks" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<WebhookTag webhook={webhook} />}
      actions={<Actions webhook={webhook} onClosed={() => void navigate({ to: "/webhooks" })} />}
    >
      {webhook.disabled_reason && (
        <Alert type="error" showIcon className="lq-problem" title={t(`disabled.${webhook.disabled_reason}`)} />
      )}
      <Section>
        <Facts
          items={[
            { label: t("url"), value: <code>{webhook.url}</code> },
            {
              label: t("subjects"),
              value: (
                <span className="lq-row">
                  {webhook.subjects.map((subject) => (
                    <Tag key={subject}>{nameOf(subject)}</Tag>
                  ))}
                </span>
              ),
            },
            { label: t("waiting"), value: webhook.waiting_count },
            {
              label: t("failingSince"),
              value: webhook.failing_since ? <Instant at={webhook.failing_since} /> : <Nothing />,
            },
            {
              label: t("oldSecretUntil"),
              value: webhook.old_secret_until ? <Instant at={webhook.old_secret_until} /> : <Nothing />,
            },
            { label: t("madeBy"), value: webhook.made_by ?? <Nothing /> },
          ]}
        />
      </Section>
      <Section title={t("deliveries")} flush>
        <Deliveries webhook={webhook.id} />
      </Section>
    </Page>
  );
}
