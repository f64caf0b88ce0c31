import { useT } from "@lingqu/i18n";
import { Alert, Typography } from "antd";

/** A secret, shown this once. */
export function Secret({ secret }: { secret: string }) {
  const { t } = useT("webhooks");
  return (
    <>
      <Alert type="success" showIcon title={t("secretHint")} className="lq-problem" />
      <Typography.Paragraph copyable className="lq-link-box">
        {secret}
      </Typography.Paragraph>
    </>
  );
}
