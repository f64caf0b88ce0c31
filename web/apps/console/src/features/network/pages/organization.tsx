import { useT } from "@lingqu/i18n";
import { Day, Facts, Nothing, Page, Section } from "@lingqu/ui";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useCan } from "../../../lib/access";
import { ChangesLink } from "../../../lib/changes-link";
import { useNames } from "../../../lib/names";
import { type Organization, organizationQuery } from "../api/organizations";
import { EditOrganization } from "../parts/edit-organization";
import { Life } from "../parts/life";
import { OrganizationState } from "../parts/status";
import { Steps } from "../parts/steps";
import { Links, Nodes } from "../parts/trade";

/** One organization: who it is, whom it trades with, where its goods lie, what happened to it. */
export function OrganizationPage() {
  const { t } = useT("network");
  const names = useNames();
  const can = useCan();
  const { organizationId } = useParams({ from: "/shell/organizations/$organizationId" });
  const { data: organization } = useSuspenseQuery(organizationQuery(organizationId));
  const [isEditing, setEditing] = useState(false);
  return (
    <Page
      title={names(organization.name, organization.name_en)}
      back={
        <Link to="/organizations" className="lq-link">
          ← {t("title")}
        </Link>
      }
      tags={<OrganizationState status={organization.status} />}
      actions={
        !isEditing && (
          <>
            <ChangesLink kind="organization" id={organization.id} />
            {can("territories.see") && (organization.kind === "distributor" || organization.kind === "dealer") && (
              <Link
                to="/territories"
                search={{ tier: organization.kind, organization: String(organization.id) }}
                className="lq-link lq-button-link"
              >
                {t("shell:menu.territories")}
              </Link>
            )}
            <Steps organization={organization} />
            {can("network.edit") && (
              <Button
                onClick={() => {
                  setEditing(true);
                }}
              >
                {t("edit")}
              </Button>
            )}
          </>
        )
      }
    >
      <Section title={t("about")}>
        {isEditing ? (
          <EditOrganization
            organization={organization}
            onClose={() => {
              setEditing(false);
            }}
          />
        ) : (
          <About organization={organization} />
        )}
      </Section>
      {organization.kind !== "brand" && <Links organization={organization.id} side="buying" />}
      {organization.kind !== "dealer" && <Links organization={organization.id} side="selling" />}
      <Nodes organization={organization.id} />
      <Life organization={organization.id} />
    </Page>
  );
}

function About({ organization: one }: { organization: Organization }) {
  const { t } = useT("network");
  const names = useNames();
  return (
    <Facts
      items={[
        { label: t("code"), value: one.code },
        { label: t("kindLabel"), value: t(`shell:kind.${one.kind}`) },
        { label: t("level"), value: one.level || <Nothing /> },
        { label: t("parent"), value: one.parent_name ?? <Nothing /> },
        { label: t("region"), value: names(one.region_zh, one.region_en) || <Nothing /> },
        { label: t("address"), value: one.address || <Nothing /> },
        { label: t("contact"), value: one.contact_name || <Nothing /> },
        { label: t("phone"), value: one.contact_phone || <Nothing /> },
        { label: t("creditCode"), value: one.credit_code ?? <Nothing /> },
        { label: t("currency"), value: one.currency },
        { label: t("timeZone"), value: one.time_zone },
        { label: t("contractUntil"), value: <Day on={one.contract_until} /> },
      ]}
    />
  );
}
